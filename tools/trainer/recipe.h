// A recipe: everything that decides what a net becomes, in one readable text file.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace leukolens::trainer {

// One depthwise separable block: its width in channels, its stride (1 or 2) and, at stride 1, the
// dilation of its depthwise filter.
struct BlockPlan {
  int width = 0, stride = 1, dilation = 1;
};

// Strengths of the random changes made to a training crop; 0 switches one off.
struct AugmentPlan {
  double scale = 0;   // zoom between 1/(1+scale) and 1+scale
  double shift = 0;   // of the crop's side, in both directions
  double shear = 0;   // tangent
  double stain = 0;   // standard deviation of the 3x3 mixing of optical densities
  double gain = 0;    // standard deviation of the logarithm of a density's gain
  double offset = 0;  // standard deviation of a density's offset (light and white balance)
  double blur = 0;    // probability of a 3x3 blur of random strength
  double noise = 0;   // largest standard deviation of noise, of 0..255
  // Probability that a random rectangle is blotted out; of fields, that an eyepiece's edge is seen.
  double erase = 0;
  double coarse = 0;  // probability of a coarser resolution, down to a third
  double jpeg = 0;    // probability of a JPEG of quality 20 to 95 on the way
  double grey = 0;    // probability that the colours are drawn towards one grey, or wholly to it
  double shade = 0;   // standard deviation of a density's slope across the crop (uneven light)
};

struct Recipe {
  std::string name, version;
  std::string task;  // "originals": one picture, one cell, one set; "cells": many sets, with
                     // sides; "fields": many sets, boxes
  std::vector<std::string> classes;  // label order of the net's output
  std::string
      data;  // folders under the data cache, each with an index.csv: one, or for cells several
  std::string split;  // value of the column kaggle_split that is trained on
  std::uint64_t seed = 1;

  int input_px = 0;
  double crop_scale = 1.2;
  std::string normalisation = "linear";  // or "density"
  // Where cells are, where a set doesn't say: a finder's file beside the recipe, or "rule".
  std::string finder = "rule";
  double context_scale = 2;       // side of what is measured for density / longer side
  std::vector<double> mean, std;  // three each, of RGB in 0..1
  int stem = 0;
  std::vector<BlockPlan> blocks;
  double max_parameters = 0, max_multiply_adds = 0;

  int variants = 0;     // drawn versions of each original
  double margin = 1.4;  // side of a stored crop / side of the net's crop
  AugmentPlan augment;
  double class_balance = 0;  // 0: as found, 1: every class equally often
  double side_share = 0;     // of a batch: what is no white cell of a class; cells only
  // Between a kind's data sets the shares go with their size to this power. Cells only.
  double set_balance = 0.5;
  double mixup = 0;      // probability that a batch's pictures are mixed; cells only
  double style_mix = 0;  // probability that a batch's feature statistics are mixed; cells only

  int steps = 0, batch = 0, warmup_steps = 0;
  double learning_rate = 0, weight_decay = 0, label_smoothing = 0, ema = 0;

  std::vector<int> calibrate_on_folds;  // held out one after the other for temperature, threshold
  double target_accuracy = 0.95;        // among the classified of the held-out pictures
  int quantise_crops = 0;               // training crops that set the int8 ranges
};

// Errors name file and line: an unknown, double or missing key, a value that doesn't read.
// `changes` come in place of the file's values.
Recipe read_recipe(const std::string& path,
                   const std::vector<std::pair<std::string, std::string>>& changes = {});
// The recipe as text with all values, in fixed order: what a checkpoint is compared with.
std::string canonical(const Recipe& recipe);
// The same without what comes after the learning: a checkpoint with the same text is taken up.
std::string what_is_learnt(const Recipe& recipe);

}  // namespace leukolens::trainer
