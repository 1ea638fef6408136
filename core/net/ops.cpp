#include "core/net/ops.h"

namespace leukolens {

const OpRow* find_op(schema::BuiltinOperator code) {
  for (const auto rows : {convolution_ops(), pooling_ops(), elementwise_ops(), arrangement_ops()}) {
    for (const OpRow& row : rows) {
      if (row.code == code) return &row;
    }
  }
  return nullptr;
}

}  // namespace leukolens
