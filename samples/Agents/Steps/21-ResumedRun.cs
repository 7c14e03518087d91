using System.Diagnostics;
using System.Text;
using Connectors.Databricks;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Agents.Steps;

/// <summary>
/// A long run of an agent on Databricks Apps: the process that started it is killed in the middle, and a second one reads the rest. Each
/// update has a continuation token, which the first process stores.
/// </summary>
internal sealed class ResumedRun : IStep
{
    private const string Command = "start-a-run-and-die";
    private const string AppName = "report-agent";
    private const string Question = "Count to 30, separated by commas.";
    private const int UpdatesBeforeTheEnd = 12;

    public string Title => "A run that outlives its process";

    public async Task RunAsync(Workspace workspace)
    {
        if (workspace.Emulator is not { } emulator)
        {
            Console.WriteLine("Skipped on a workspace: this step needs an agent on Databricks Apps, which it starts on the emulator.");
            return;
        }

        var app = await emulator.AddAppAsync(AppName, EmulatedAgentServer.LongRunning);
        var principal = emulator.OAuth.AddServicePrincipal("report-reader", "dose-report-reader");
        var folder = Directory.CreateTempSubdirectory("agents-sample").FullName;
        try
        {
            await StartProcessAsync(emulator.Host, principal.ClientId, folder);
            var before = await File.ReadAllTextAsync(TextFile(folder));
            var token = ResponseContinuationToken.FromBytes(await File.ReadAllBytesAsync(TokenFile(folder)));
            Console.WriteLine($"first process   {before}");

            var agent = Connect(emulator.Host, principal.ClientId).GetAgentClient($"apps/{AppName}");
            var after = new StringBuilder();
            await foreach (var update in agent.GetStreamingResponseAsync(
                [], new ChatOptions { AllowBackgroundResponses = true, ContinuationToken = token }))
            {
                after.Append(update.Text);
            }

            Console.WriteLine($"second process  {after}");
            Console.WriteLine(Terminal.Dim($"runs on the server: {app.Runs.Count}"));
            StepFailedException.Unless(app.Runs.Count == 1, "The run was started twice.");
            StepFailedException.Unless(
                $"{before}{after}" == $"{string.Join(", ", Enumerable.Range(1, 30))}.", "Text was lost or repeated.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The first process: starts the run, stores each token, and is killed.</summary>
    /// <param name="arguments">The arguments of the program.</param>
    /// <returns>Whether they are those of the first process.</returns>
    public static async Task<bool> RunFirstProcessAsync(string[] arguments)
    {
        if (arguments is not [Command, var host, var clientId, var folder])
        {
            return false;
        }

        var agent = Connect(new Uri(host), clientId).GetAgentClient($"apps/{AppName}");
        var count = 0;
        await foreach (var update in agent.GetStreamingResponseAsync(Question, new ChatOptions { AllowBackgroundResponses = true }))
        {
            await File.AppendAllTextAsync(TextFile(folder), update.Text);
            if (update.ContinuationToken is { } token)
            {
                await File.WriteAllBytesAsync(TokenFile(folder), token.ToBytes().ToArray());
            }

            if (++count == UpdatesBeforeTheEnd)
            {
                Process.GetCurrentProcess().Kill();
            }
        }

        return true;
    }

    private static DatabricksServingClient Connect(Uri host, string clientId) =>
        new(host, new DatabricksServicePrincipalCredential(host, clientId, $"dose-{clientId}"));

    private static async Task StartProcessAsync(Uri host, string clientId, string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        foreach (var argument in (string[])[Command, host.ToString(), clientId, folder])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        StepFailedException.Unless(process.ExitCode != 0, "The first process ended by itself.");
    }

    private static string TextFile(string folder) => Path.Combine(folder, "text.txt");

    private static string TokenFile(string folder) => Path.Combine(folder, "token.bin");
}
