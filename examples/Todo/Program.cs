using DiscreetDb;

// A list of things to do on the command line: relations, a default, an update only if nobody changed the row meanwhile.
const string Model = """
    todo {
      List { name: String, tasks: [todo.Task] nullable }
      Task { title: String, done: Boolean default false, index(done) }
    }
    """;

byte[] keyMaterial = KeyMaterial.DerivePassPhrase("my login", "my password", "example.com/todo");
await using Discreet app = await Discreet.New(Model, "example.com/todo", keyMaterial);

switch (args)
{
    case ["add", var list, .. var words] when words.Length > 0:
        await Add(list, string.Join(' ', words));
        break;
    case ["done", var id]:
        await Finish(id);
        break;
    case []:
        await Show();
        break;
    default:
        Console.Error.WriteLine("usage: Todo [add LIST TITLE | done ID]");
        return 2;
}

return 0;

async Task Add(string name, string title)
{
    QueryResult found = await app.QueryAsync("query { lists: todo.List(name = $name, first 1) { id name } }", new { name });
    if (found.Take<TaskList>("lists") is [TaskList list, ..])
    {
        await app.MutateAsync("mutate { todo.List { id: $id tasks: [{ title: $title }] } }", new { id = list.Id, title });
        return;
    }

    await app.MutateAsync("mutate { todo.List { name: $name tasks: [{ title: $title }] } }", new { name, title });
}

async Task Finish(string id)
{
    QueryResult found = await app.QueryAsync("query { tasks: todo.Task(id = $id) { id mdate title done } }", new { id });
    if (found.Take<TodoTask>("tasks") is not [TodoTask task])
    {
        Console.Error.WriteLine($"There is no task {id}.");
        return;
    }

    await app.MutateIfUnchangedAsync("mutate { todo.Task { id: $id done: true } }", new() { ["id"] = id }, [new(task.Id, task.Mdate)]);
}

async Task Show()
{
    const string Query = "query { lists: todo.List(order_by(name asc)) { id name tasks(done = false, order_by(cdate asc)) { id mdate title done } } }";
    foreach (TaskList list in (await app.QueryAsync(Query)).Take<TaskList>("lists"))
    {
        Console.WriteLine(list.Name);
        foreach (TodoTask task in list.Tasks ?? [])
        {
            Console.WriteLine($"  {task.Id}  {task.Title}");
        }
    }
}

internal sealed record TaskList(string Id, string Name, IReadOnlyList<TodoTask>? Tasks);

internal sealed record TodoTask(string Id, long Mdate, string Title, bool Done);
