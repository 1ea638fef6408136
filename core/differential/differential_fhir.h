// A differential as a FHIR R4 bundle: one DiagnosticReport, its Observations, one Device. No
// Patient, always preliminary, LOINC codes that name no method, UCUM units.
#pragma once

#include <string>
#include <string_view>

#include "core/differential/differential.h"

namespace leukolens {

// `instant` is when the cells were counted, such as "2026-01-15T10:30:00Z"; the core has no clock.
// The same result and instant give the same bytes, ids included.
std::string differential_fhir(const Differential& result, std::string_view instant);

}  // namespace leukolens
