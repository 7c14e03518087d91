using System.Globalization;
using Connectors.Databricks;

namespace Agents;

/// <summary>Parses the arguments and runs the command.</summary>
internal static class CommandLine
{
    private const int Success = 0;
    private const int BadArguments = 2;

    private const string Help = """
        A walk through Connectors.Databricks, one numbered step at a time.

        Usage: dotnet run --project samples/Agents [-- <what>]

          (nothing)         every step
          <number>          one step
          list              the steps and their numbers
          chat [endpoint]   a conversation in the terminal; Ctrl+C cancels a response, an empty line ends
          --help            this text

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
        switch (arguments)
        {
            case ["--help" or "-h" or "-?" or "help"]:
                Console.WriteLine(Help);
                return Success;
            case ["list"]:
                StepRunner.List();
                return Success;
            case []:
                return await OnWorkspaceAsync(workspace => StepRunner.RunAsync(workspace, StepRunner.Steps));
            case [var text] when Number(text) is { } number && number <= StepRunner.Steps.Count:
                return await OnWorkspaceAsync(workspace => StepRunner.RunAsync(workspace, [StepRunner.Steps[number - 1]]));
            case [var text] when Number(text) is not null:
                return Refuse($"There is no step {text}: the steps are 1 to {StepRunner.Steps.Count}.");
            case ["chat"]:
                return await OnWorkspaceAsync(workspace => Chat.RunAsync(workspace, workspace.Endpoint(Endpoints.Claude)));
            case ["chat", var endpoint] when !string.IsNullOrWhiteSpace(endpoint):
                return await OnWorkspaceAsync(workspace => Chat.RunAsync(workspace, endpoint));
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
