#include "api/due_tasks.h"

#include <fmt/format.h>

#include <memory>

#include "api/events.h"
#include "store/tasks.h"

namespace carillon::api {

namespace {
constexpr size_t at_once = 200;

std::string words(const Task& task) {
  switch (task.kind) {
    case TaskKind::message: return fmt::format("Now is the time to write to {}.", task.person);
    case TaskKind::connect: return fmt::format("Now is the time to ask {} to connect.", task.person);
    case TaskKind::other: break;
  }
  return fmt::format("A task is due: {}.", task.person);
}
}  // namespace

void tell_due_tasks(Desk& desk, Instant now) {
  const auto due = std::make_shared<std::vector<Task>>();
  auto look = [due, now](store::Unit& unit) { *due = store::Tasks(unit).untold(now, at_once); };
  desk.store.read(std::move(look), [&desk, due, now](std::exception_ptr failed) {
    if (failed || due->empty()) return;
    auto work = [&desk, due, now](store::Unit& unit) {
      for (const Task& task : *due) {
        store::Tasks(unit).tell(task, {.id = NoticeId::make(now, desk.random),
                                       .workspace = task.workspace,
                                       .kind = "task_due",
                                       .text = words(task),
                                       .at = now});
      }
    };
    desk.store.write(std::move(work), [&desk, due](std::exception_ptr broken) {
      if (broken) return;
      for (const Task& task : *due)
        desk.events.publish(task.workspace, {.kind = "task", .id = task.id.text(), .state = "due"});
    });
  });
}

}  // namespace carillon::api
