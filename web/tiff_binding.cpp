// The page's TIFF reader: values of C++ become values of JavaScript and back, nothing else.
#include <emscripten/bind.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/picture/tiff.h"

namespace {

using emscripten::val;

EMSCRIPTEN_DECLARE_VAL_TYPE(Text)
EMSCRIPTEN_DECLARE_VAL_TYPE(Bytes)    // Uint8Array
EMSCRIPTEN_DECLARE_VAL_TYPE(Strings)  // string[]

Text to_text(std::string_view text) { return Text(val(std::string(text))); }

// Code and changing part of an error; an empty code says that all went well.
struct TiffError {
  Text code{val("")}, what{val("")};
};

TiffError to_error(const leukolens::Error& error) {
  return {to_text(leukolens::error_name(error.code)), to_text(error.what)};
}

struct TiffPage {
  TiffError error;
  int width = 0, height = 0;
  Bytes rgb{val::undefined()};  // undefined after an error
  Strings warnings{val::array()};
};

class TiffReader {
 public:
  TiffError open(const Bytes& source) {
    file_.reset();
    bytes_.resize(source["length"].as<std::size_t>());
    const val view(emscripten::typed_memory_view(
        bytes_.size(), reinterpret_cast<const unsigned char*>(bytes_.data())));
    view.call<void>("set", source);
    auto file = leukolens::TiffFile::open(bytes_);
    if (!file) return to_error(file.error());
    file_ = std::move(file).value();
    return {};
  }

  int pages() const { return file_->pages(); }

  TiffPage page(int index) {
    TiffPage out;
    auto picture = file_->page(index);
    if (!picture) {
      out.error = to_error(picture.error());
      return out;
    }
    out.width = picture->width;
    out.height = picture->height;
    const val view(emscripten::typed_memory_view(picture->rgb.size(), picture->rgb.data()));
    out.rgb = Bytes(val::global("Uint8Array").new_(view));
    for (const leukolens::Warning warning : picture->warnings) {
      out.warnings.call<void>("push", std::string(leukolens::warning_name(warning)));
    }
    return out;
  }

  // Gives the file's memory back.
  void close() {
    file_.reset();
    bytes_ = {};
  }

 private:
  std::vector<std::byte> bytes_;
  std::optional<leukolens::TiffFile> file_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(tiff) {
  using namespace emscripten;
  register_type<Text>("string");
  register_type<Bytes>("Uint8Array");
  register_type<Strings>("string[]");

  value_object<TiffError>("TiffError")
      .field("code", &TiffError::code)
      .field("what", &TiffError::what);
  value_object<TiffPage>("TiffPage")
      .field("error", &TiffPage::error)
      .field("width", &TiffPage::width)
      .field("height", &TiffPage::height)
      .field("rgb", &TiffPage::rgb)
      .field("warnings", &TiffPage::warnings);

  // pages() and page() must not be called until open() has answered without a code.
  class_<TiffReader>("TiffReader")
      .constructor<>()
      .function("open", &TiffReader::open)
      .function("pages", &TiffReader::pages)
      .function("page", &TiffReader::page)
      .function("close", &TiffReader::close);
}
