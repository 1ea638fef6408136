// A small whole net with a card: 3x3 convolution with stride 2, mean, fully connected; 8x8 colour
// picture in, two classes out. For tests of files and of the runner.
#pragma once

#include "tools/tflite/writer.h"

namespace small_net {

inline constexpr int kSide = 8;

// Tensors by number: 0 input, 1 to 3 convolution's weights, bias and result, 4 axes, 5 mean, 6 to 8
// fully connected's weights, bias and result. Operators: CONV_2D, MEAN, FULLY_CONNECTED.
leukolens::tflite::Writer net();
// The same in int8: QUANTIZE first and DEQUANTIZE last.
leukolens::tflite::Writer int8_net();
leukolens::schema::ModelCardT card();
// Without weights: RELU and 2x2 average pooling, so that the input's size is free.
leukolens::tflite::Writer picture_to_picture();

}  // namespace small_net
