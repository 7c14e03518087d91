using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Agents.Steps;

/// <summary>Tool calls: a model uses local functions for the time and the files of the current folder.</summary>
internal sealed partial class AgentWithTools : IStep
{
    public string Title => "An agent with tools";

    public async Task RunAsync(Workspace workspace)
    {
        using IChatClient agent = workspace.Chat(Endpoints.GptOss).AsBuilder().UseFunctionInvocation().Build();
        var options = new ChatOptions
        {
            Tools = [Tool(CurrentTime, "current_time"), Tool(ListFiles, "list_files"), Tool(CountLines, "count_lines")],
        };

        ChatResponse response = await agent.GetResponseAsync(
            $"List the largest files here, count the lines of the file {SomeFile()}, and tell me the current time.", options);

        List<FunctionCallContent> calls = [.. Contents<FunctionCallContent>(response)];
        List<FunctionResultContent> results = [.. Contents<FunctionResultContent>(response)];
        foreach (var call in calls)
        {
            var result = results.FirstOrDefault(result => result.CallId == call.CallId);
            var arguments = string.Join(", ", call.Arguments?.Select(argument => $"{argument.Key}: {argument.Value}") ?? []);
            Console.WriteLine($"{call.Name}({arguments}) -> {Terminal.Dim(Shortened(result?.Result ?? result?.Exception?.Message))}");
        }

        Console.WriteLine();
        Console.WriteLine(response.Messages[^1].Text);
        Console.WriteLine(Terminal.Counts(response.Usage));

        var called = calls.Select(call => call.Name).Distinct().ToList();
        StepFailedException.Unless(called.Count == 3, $"Only these tools were called: {string.Join(", ", called)}.");
        StepFailedException.Unless(results.Count == calls.Count, "Not every call has its result.");
        StepFailedException.Unless(results.TrueForAll(result => result.Exception is null), "A tool failed.");
        StepFailedException.Unless(response.Messages[^1].Text.Length > 0, "The response of the agent is empty.");
    }

    [Description("The current date and time on this machine.")]
    private static DateTimeOffset CurrentTime() => TimeProvider.System.GetLocalNow();

    [Description("Lists the three largest files in the current folder.")]
    private static FileEntry[] ListFiles() =>
        [.. Folder.EnumerateFiles().OrderByDescending(file => file.Length).Take(3).Select(file => new FileEntry(file.Name, file.Length))];

    [Description("Counts the lines of a text file in the current folder.")]
    private static int CountLines([Description("The name of the file.")] string file)
    {
        // A model may request any path, also because of prompt injection: a tool must restrict what it returns.
        var chosen = Folder.EnumerateFiles().FirstOrDefault(known => known.Name == file)
            ?? throw new FileNotFoundException($"There is no file '{file}' in this folder.");
        return File.ReadLines(chosen.FullName).Count();
    }

    private static DirectoryInfo Folder => new(Directory.GetCurrentDirectory());

    private static string SomeFile() =>
        Folder.EnumerateFiles("README.md").Concat(Folder.EnumerateFiles("*.md")).Concat(Folder.EnumerateFiles()).FirstOrDefault()?.Name
        ?? throw new StepFailedException("The current folder holds no file to ask about: run this from the repository.");

    // Types of your own need a source-generated contract where reflection is off, as it is in trimmed programs.
    private static AIFunction Tool(Delegate method, string name) =>
        AIFunctionFactory.Create(method, new AIFunctionFactoryOptions { Name = name, SerializerOptions = ToolJson.Default.Options });

    private static IEnumerable<T> Contents<T>(ChatResponse response) =>
        response.Messages.SelectMany(message => message.Contents).OfType<T>();

    private static string Shortened(object? result)
    {
        var text = Convert.ToString(result, CultureInfo.InvariantCulture) ?? "nothing";
        return text.Length <= 100 ? text : text[..100] + "…";
    }

    private sealed record FileEntry(string Name, long Bytes);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(FileEntry[]))]
    [JsonSerializable(typeof(DateTimeOffset))]
    [JsonSerializable(typeof(int))]
    private sealed partial class ToolJson : JsonSerializerContext;
}
