using System.ComponentModel;
using System.Text.Json;
using Connectors.Databricks;
using Microsoft.Extensions.AI;
using Spectre.Console;

namespace Agents.Conversation;

/// <summary>
/// A conversation in the terminal: responses are streamed, the history is kept, and Ctrl+C cancels a response, not the program.
/// </summary>
internal sealed class Chat
{
    private const string Help = """
        /model [name]    another endpoint or model service; without a name, choose from those that are ready
        /system [text]   the system message; without text, none
        /save [file]     the conversation as JSON, in a new file
        /clear           a new conversation
        /help            this list
        /exit            the end, as an empty line or Ctrl+D
        Ctrl+C           cancels the response that is being written
        """;

    private readonly Workspace _workspace;
    private readonly ChatOptions _options;
    private string _endpoint;
    private List<ChatMessage> _history = [];

    private Chat(Workspace workspace, string endpoint)
    {
        _workspace = workspace;
        _endpoint = endpoint;
        _options = new ChatOptions
        {
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low, Output = ReasoningOutput.Summary },
            Tools = [AIFunctionFactory.Create(CurrentTime, "current_time"), .. workspace.Serving.Directory.CreateTools()],
        };
    }

    /// <returns>Always 0: an error is shown, and the conversation continues.</returns>
    /// <exception cref="ArgumentException">The name of the endpoint is not one.</exception>
    public static async Task<int> RunAsync(Workspace workspace, string endpoint)
    {
        _ = workspace.Serving.GetChatClient(endpoint);
        await new Chat(workspace, endpoint).RunAsync();
        return 0;
    }

    private async Task RunAsync()
    {
        Console.WriteLine($"Chatting with {_endpoint}{await NoteAsync()}. /help lists the commands; an empty line ends.");
        while (Ask() is { } line)
        {
            var (command, argument) = Split(line);
            switch (command)
            {
                case "/exit":
                    return;
                case "/help":
                    Console.WriteLine(Help);
                    break;
                case "/clear":
                    _history = [];
                    Console.WriteLine(Terminal.Dim("[a new conversation]"));
                    break;
                case "/model":
                    await ChangeModelAsync(argument);
                    break;
                case "/system":
                    _options.Instructions = argument.Length == 0 ? null : argument;
                    Console.WriteLine(Terminal.Dim(argument.Length == 0 ? "[no system message]" : "[the system message is set]"));
                    break;
                case "/save":
                    await SaveAsync(argument);
                    break;
                case ['/', ..]:
                    Console.WriteLine($"There is no command {command}. /help lists the commands.");
                    break;
                default:
                    await AnswerAsync(line);
                    break;
            }
        }
    }

    private static string? Ask()
    {
        Console.Write("> ");
        var line = Console.ReadLine()?.Trim();
        if (line is null)
        {
            // At the end of the input the cursor is after the prompt.
            Console.WriteLine();
        }

        return line is null or "" or "exit" ? null : line;
    }

    private static (string Command, string Argument) Split(string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? (line, "") : (line[..end], line[end..].Trim());
    }

    private async Task ChangeModelAsync(string name)
    {
        try
        {
            if (name.Length == 0)
            {
                var snapshot = await _workspace.Serving.Directory.GetAsync();
                var names = snapshot.Where(new DirectoryFilter { IsReady = true, Mode = EndpointMode.Chat })
                    .Select(profile => profile.Name).ToList();
                if (!Terminal.IsInteractive || names.Count == 0)
                {
                    Console.WriteLine(names.Count == 0 ? "Nothing with a chat API is ready." : string.Join(Environment.NewLine, names));
                    return;
                }

                name = AnsiConsole.Prompt(new SelectionPrompt<string> { Title = "Which model?", SearchEnabled = true }
                    .UseConverter(Markup.Escape).AddChoices(names));
            }

            _ = _workspace.Serving.GetChatClient(name);
            _endpoint = name;
            Console.WriteLine(Terminal.Dim($"[now {_endpoint}{await NoteAsync()}; the conversation goes on]"));
        }
        catch (Exception exception) when (exception is ArgumentException or DatabricksServingException or DatabricksCredentialException)
        {
            Console.WriteLine(exception.Message);
        }
    }

    /// <summary>What is unusual about the name.</summary>
    private async Task<string> NoteAsync()
    {
        try
        {
            var snapshot = await _workspace.Serving.Directory.GetAsync();
            return snapshot.Profiles.Any(profile => profile.Name == _endpoint) ? "" : ", which this workspace does not list";
        }
        catch (Exception exception) when (exception is DatabricksServingException or DatabricksCredentialException)
        {
            // A token that may not list can still query, and a question reports what is wrong with the credential.
            return "";
        }
    }

    private async Task SaveAsync(string file)
    {
        var path = file.Length > 0 ? file : $"chat-{TimeProvider.System.GetLocalNow():yyyyMMdd-HHmmss}.json";
        try
        {
            // Reasoning, its signatures and tool calls are part of it: read back, the conversation continues where it was.
            await using var stream = new FileStream(path, FileMode.CreateNew);
            await JsonSerializer.SerializeAsync(stream, _history, AIJsonUtilities.DefaultOptions);
            Console.WriteLine(Terminal.Dim($"[{_history.Count} messages saved to {Path.GetFullPath(path)}]"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.WriteLine($"Not saved: {exception.Message}");
        }
    }

    private async Task AnswerAsync(string question)
    {
        using var cancellation = new CancellationTokenSource();
        ConsoleCancelEventHandler stop = (_, pressed) =>
        {
            pressed.Cancel = true;
            cancellation.Cancel();
        };

        Console.CancelKeyPress += stop;
        try
        {
            using var chat = _workspace.Serving.GetChatClient(_endpoint).AsBuilder().UseFunctionInvocation().Build();

            // A question without a complete response is not kept.
            List<ChatMessage> attempt = [.. _history, new ChatMessage(ChatRole.User, question)];
            var updates = new List<ChatResponseUpdate>();
            var view = new ResponseView();
            await foreach (var update in chat.GetStreamingResponseAsync(attempt, _options, cancellation.Token))
            {
                view.Show(update);
                updates.Add(update);
            }

            view.End();
            var response = updates.ToChatResponse();
            _history = [.. attempt, .. response.Messages];
            Console.WriteLine(Terminal.Counts(response.Usage));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Console.WriteLine();
            Console.WriteLine(Terminal.Dim("[canceled; this question is removed from the history]"));
        }
        catch (DatabricksServingException exception)
        {
            Console.WriteLine();
            Console.WriteLine(exception.Message);
        }
        finally
        {
            Console.CancelKeyPress -= stop;
        }
    }

    [Description("Returns the current local date and time.")]
    private static string CurrentTime() => TimeProvider.System.GetLocalNow().ToString("yyyy-MM-dd HH:mm zzz", null);
}
