using System.Globalization;
using Agents.Conversation;
using Agents.Retrieval;
using Agents.Steps;
using Connectors.Databricks;

namespace Agents;

/// <summary>Parses the arguments and runs the command.</summary>
internal static class CommandLine
{
    private const int Success = 0;
    private const int BadArguments = 2;

    private const string Help = """
        Samples of Connectors.Databricks in numbered steps.

          dotnet run --project samples/Agents                                    a menu; without a terminal, every step
          dotnet run --project samples/Agents -- all                             every step
          dotnet run --project samples/Agents -- 3                               one step
          dotnet run --project samples/Agents -- list                            the steps and their numbers
          dotnet run --project samples/Agents -- chat [endpoint]                 a conversation; /help lists its commands
          dotnet run --project samples/Agents -- documents <folder> [--openai]   questions about the text files of a folder
          dotnet run --project samples/Agents -- --help                          this text

        It runs on a built-in emulator and needs nothing. To run on a workspace, log in as with the Databricks CLI: by a profile of
        ~/.databrickscfg, or by variables such as:

          DATABRICKS_HOST            its address, such as https://dbc-1234abcd-5678.cloud.databricks.com
          DATABRICKS_TOKEN           a token that may query the endpoint, or:
          DATABRICKS_CLIENT_ID       a service principal, and
          DATABRICKS_CLIENT_SECRET   its OAuth secret
          DATABRICKS_ENDPOINT        the endpoint to use; system.ai.claude-sonnet-4-5 when unset
        """;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (await ResumedRun.RunFirstProcessAsync(arguments))
        {
            return Success;
        }

        Terminal.Prepare();
        switch (arguments)
        {
            case ["--help" or "-h" or "-?" or "help"]:
                Console.WriteLine(Help);
                return Success;
            case ["list"]:
                StepRunner.List();
                return Success;
            case [] when Terminal.IsInteractive:
                return await OnWorkspaceAsync(Menu.RunAsync);
            case [] or ["all"]:
                return await OnWorkspaceAsync(workspace => StepRunner.RunAsync(workspace, StepRunner.Steps));
            case [var text] when Number(text) is { } number && number <= StepRunner.Steps.Count:
                return await OnWorkspaceAsync(workspace => StepRunner.RunAsync(workspace, [StepRunner.Steps[number - 1]]));
            case [var text] when Number(text) is not null:
                return Refuse($"There is no step {text}: the steps are 1 to {StepRunner.Steps.Count}.");
            case ["chat"]:
                return await OnWorkspaceAsync(workspace => Chat.RunAsync(workspace, workspace.Endpoint(Endpoints.Claude)));
            case ["chat", var endpoint] when !string.IsNullOrWhiteSpace(endpoint):
                return await OnWorkspaceAsync(workspace => Chat.RunAsync(workspace, endpoint));
            case ["documents"]:
                return Refuse("Name a folder of text files: dotnet run --project samples/Agents -- documents <folder>");
            case ["documents", var folder]:
                return await OnWorkspaceAsync(workspace => Documents.RunAsync(workspace, folder, useOpenAI: false));
            case ["documents", var folder, "--openai"]:
                return await OnWorkspaceAsync(workspace => Documents.RunAsync(workspace, folder, useOpenAI: true));
            default:
                return Refuse($"'{string.Join(' ', arguments)}' is not a command of this program.");
        }
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static async Task<int> OnWorkspaceAsync(Func<Workspace, Task<int>> run)
    {
        Workspace workspace;
        try
        {
            workspace = await Workspace.OpenAsync();
        }
        catch (Exception exception) when (exception is ArgumentException or DatabricksCredentialException)
        {
            return Refuse(exception.Message);
        }

        await using (workspace)
        {
            Console.WriteLine(workspace.Announcement);
            try
            {
                return await run(workspace);
            }
            catch (ArgumentException exception)
            {
                // An endpoint name such as ".." is refused before anything is sent.
                return Refuse(exception.Message);
            }
        }
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine($"{message} Use --help to see what can be run.");
        return BadArguments;
    }
}
