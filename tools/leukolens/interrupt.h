// Ctrl-C asks for an orderly end: what was read is written, then the program ends with 130. A
// second Ctrl-C ends it at once.
#pragma once

namespace leukolens::tool {

void watch_for_interrupt();
bool interrupted();

}  // namespace leukolens::tool
