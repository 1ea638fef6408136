// What cameras and files take from a picture: resolution and JPEG's losses.
#pragma once

namespace leukolens::trainer {

// Planes of 3 x px x px values in 0..255, changed in place.
// Averaged over squares of `factor` px (above 1) and drawn large again.
void coarsen(int px, double factor, float* planes);
// Through a baseline JPEG of this quality (1 to 100) and back.
void compress(int px, int quality, float* planes);

}  // namespace leukolens::trainer
