// Evaluation of the warnings: sound pictures as they are, and each spoilt in every way.
#pragma once

#include <optional>

#include "tools/leukolens/protocol.h"
#include "tools/leukolens/quality_card.h"

namespace leukolens::tool {

// Nothing if Ctrl-C was pressed. Throws Fault.
std::optional<QualityCard> read_quality_set(const ProtocolSet& set, const Protocol& protocol,
                                            const ProtocolRun& run);

}  // namespace leukolens::tool
