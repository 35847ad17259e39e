#include "page/test_views.h"

VIEW_DEFINE(thread, VIEW_THREAD)
VIEW_DEFINE(tale, VIEW_TALE)
VIEW_DEFINE(remark, VIEW_REMARK)
