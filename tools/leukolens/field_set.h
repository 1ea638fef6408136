// Evaluation of the finder: found boxes against given ones, with intervals over groups.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tools/leukolens/card.h"
#include "tools/leukolens/protocol.h"

namespace leukolens::tool {

// Reads the set's pictures with the finder. Nothing if Ctrl-C was pressed. Throws Fault.
std::optional<FieldCard> read_field_set(const ProtocolSet& set, const Protocol& protocol,
                                        const ProtocolRun& run);

}  // namespace leukolens::tool
