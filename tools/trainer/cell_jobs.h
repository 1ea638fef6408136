// Training the classifier of many sets: the shipped net, nets with a fold or a site left out.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/trainer/cell_run.h"

namespace leukolens::trainer {

// A data set or a kind of what is no white cell. Errors: neither.
LeftOut left_out_by_name(const std::vector<Cell>& cells, const std::string& name);
// Trains with something left out, prints how it does there, and writes <run>.tflite and <run>.log
// to the cache. Returns false when stopped.
bool make_left_out(const CellWorkshop& shop, const LeftOut& out, Start start);
// Trains without a site and returns the mean recall of the four common classes there, 0..1; nothing
// when stopped.
std::optional<double> recall_without(const CellWorkshop& shop, const std::string& site);
// Every net that evaluation by fold, by site and by kind needs; those there already are kept, and
// other processes may be at work on them too.
bool make_all_left_out(const CellWorkshop& shop);
// Trains what calibrates (reused when there) and the shipped net; writes NAME.tflite,
// NAME_int8.tflite and NAME.log to `out`, and NAME_golden.json if `golden` is not empty. Returns
// false when stopped.
bool make_shipped(const CellWorkshop& shop, Start start, const std::filesystem::path& out,
                  const std::filesystem::path& golden);

}  // namespace leukolens::trainer
