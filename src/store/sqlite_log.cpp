#include "store/sqlite_log.h"

#include <sqlite3.h>

#include <algorithm>
#include <new>
#include <vector>

namespace carillon::store {
namespace {

constexpr size_t largest = size_t{1} << 20;  // bytes that are gathered
constexpr size_t portion = size_t{1} << 16;  // bytes in one call: SQLite's unix files take less than 128 KiB

sqlite3_vfs& system_files() {
  static sqlite3_vfs& files = *sqlite3_vfs_find(nullptr);
  return files;
}

// A log as SQLite holds it. The system's own file lies behind it in the same piece of memory.
struct Log : sqlite3_file {
  std::vector<char> gathered;
  sqlite3_int64 from = 0;  // where in the file the gathered bytes begin

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  sqlite3_int64 end() const { return from + static_cast<sqlite3_int64>(gathered.size()); }
};

Log& log_of(sqlite3_file* file) {
  return *static_cast<Log*>(file);
}

// What cannot be written is forgotten: SQLite takes the transaction back and writes its pages anew.
int hand_over(Log& log) {
  int code = SQLITE_OK;
  for (size_t done = 0; done < log.gathered.size() && code == SQLITE_OK; done += portion) {
    const size_t count = std::min(portion, log.gathered.size() - done);
    code = log.real()->pMethods->xWrite(log.real(), log.gathered.data() + done, static_cast<int>(count),
                                        log.from + static_cast<sqlite3_int64>(done));
  }
  log.gathered.clear();
  return code;
}

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
  Log& log = log_of(file);
  if (log.gathered.empty() || at != log.end() || log.gathered.size() > largest) {
    if (const int code = hand_over(log); code != SQLITE_OK) return code;
    log.from = at;
  }
  const char* const first = static_cast<const char*>(bytes);
  try {
    log.gathered.insert(log.gathered.end(), first, first + count);
  } catch (const std::bad_alloc&) {
    return SQLITE_IOERR_NOMEM;
  }
  return SQLITE_OK;
}

// Any other call finds the file as if every write had gone through.
template <auto method, typename... Arguments>
int after_handing_over(sqlite3_file* file, Arguments... arguments) {
  Log& log = log_of(file);
  const int code = hand_over(log);
  return code == SQLITE_OK ? (log.real()->pMethods->*method)(log.real(), arguments...) : code;
}

template <auto method, typename... Arguments>
int straight(sqlite3_file* file, Arguments... arguments) {
  sqlite3_file* const real = log_of(file).real();
  return (real->pMethods->*method)(real, arguments...);
}

int close(sqlite3_file* file) {
  Log& log = log_of(file);
  const int handed = hand_over(log), closed = log.real()->pMethods->xClose(log.real());
  log.~Log();
  return handed == SQLITE_OK ? closed : handed;
}

using Methods = sqlite3_io_methods;
constexpr Methods gathering = {
    .iVersion = 1,  // of shared memory and maps a log knows nothing
    .xClose = close,
    .xRead = after_handing_over<&Methods::xRead, void*, int, sqlite3_int64>,
    .xWrite = write,
    .xTruncate = after_handing_over<&Methods::xTruncate, sqlite3_int64>,
    .xSync = after_handing_over<&Methods::xSync, int>,
    .xFileSize = after_handing_over<&Methods::xFileSize, sqlite3_int64*>,
    .xLock = straight<&Methods::xLock, int>,
    .xUnlock = straight<&Methods::xUnlock, int>,
    .xCheckReservedLock = straight<&Methods::xCheckReservedLock, int*>,
    .xFileControl = straight<&Methods::xFileControl, int, void*>,
    .xSectorSize = straight<&Methods::xSectorSize>,
    .xDeviceCharacteristics = straight<&Methods::xDeviceCharacteristics>,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* opened) {
  sqlite3_vfs& files = system_files();
  if (!(flags & SQLITE_OPEN_WAL)) return files.xOpen(&files, name, file, flags, opened);
  Log& log = *new (file) Log;
  const int code = files.xOpen(&files, name, log.real(), flags, opened);
  log.pMethods = code == SQLITE_OK ? &gathering : nullptr;
  if (code != SQLITE_OK) log.~Log();
  return code;
}

}  // namespace

const char* gathering_file_system() {
  static sqlite3_vfs files = [] {
    sqlite3_vfs own = system_files();
    own.zName = "gathering";
    own.szOsFile += sizeof(Log);
    own.xOpen = open;
    own.pNext = nullptr;
    return own;
  }();
  static const int registered = sqlite3_vfs_register(&files, 0);
  return registered == SQLITE_OK ? files.zName : nullptr;  // none: the system's own
}

}  // namespace carillon::store
