using Web;

// dotnet run --project samples/Web                                   on the emulator, or the workspace of the environment
// dotnet run --project samples/Web -- --urls http://localhost:8080   on another address
// dotnet run --project samples/Web -- --check                        starts, requests every page, chats once and ends
var isCheck = args.Contains("--check");
await using var workspace = await Workspace.OpenAsync(tokenDelay: TimeSpan.FromMilliseconds(isCheck ? 0 : 30));
await using var app = WebSample.Build(workspace, isCheck ? ["--urls", "http://127.0.0.1:0"] : args);
try
{
    await app.StartAsync();
}
catch (IOException exception)
{
    Console.Error.WriteLine($"{exception.Message} For another address: dotnet run --project samples/Web -- --urls http://127.0.0.1:0");
    return 1;
}

var address = new Uri(app.Urls.First());
Console.WriteLine(workspace.Announcement);
Console.WriteLine($"Chat   {address}\nModels {new Uri(address, "models")}\nStatus {new Uri(address, "status.html")}");
if (isCheck)
{
    var failures = await SelfCheck.RunAsync(address);
    await app.StopAsync();
    return failures;
}

Console.WriteLine("Press Ctrl+C to end.");
await app.WaitForShutdownAsync();
return 0;
