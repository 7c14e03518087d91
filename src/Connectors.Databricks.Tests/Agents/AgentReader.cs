using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>
/// A program that starts the run of an agent, or continues it, and stores each update with its token in one file. After some updates it
/// kills its own process.
/// </summary>
internal static class AgentReader
{
    public const string Command = "read-agent";

    /// <summary>Starts the program, and waits for its end.</summary>
    /// <returns>Whether it was killed.</returns>
    public static async Task<bool> StartAsync(Uri host, string token, string agent, string file, int updates)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var program = typeof(AgentReader).Assembly.Location;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var process = Process.Start(new ProcessStartInfo(
            dotnet, [program, Command, host.AbsoluteUri, token, agent, file, $"{updates}"]) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.Empty(errors);
        return process.ExitCode != 0;
    }

    public static async Task RunAsync(string[] arguments)
    {
        var (host, token, agent, file) = (arguments[0], arguments[1], arguments[2], arguments[3]);
        var left = int.Parse(arguments[4], CultureInfo.InvariantCulture);
        using var http = new HttpClient();
        var serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = new Uri(host),
            Credential = DatabricksCredential.FromToken(token),
            HttpClient = http,
        });
        var state = File.Exists(file) ? JsonNode.Parse(await File.ReadAllTextAsync(file))! : new JsonObject { ["texts"] = new JsonArray() };
        var continued = state["token"]?.Deserialize<ResponseContinuationToken>(AIJsonUtilities.DefaultOptions);
        var messages = continued is null ? AgentWorkspace.Say(AgentWorkspace.Text) : [];
        await foreach (var update in serving.GetAgentClient(agent)
            .GetStreamingResponseAsync(messages, AgentWorkspace.Background(continued)))
        {
            state["texts"]!.AsArray().Add((JsonNode)update.Text);
            state["token"] = JsonSerializer.SerializeToNode(update.ContinuationToken, AIJsonUtilities.DefaultOptions);
            await File.WriteAllTextAsync($"{file}.new", state.ToJsonString());
            File.Move($"{file}.new", file, overwrite: true);
            if (--left == 0 && update.ContinuationToken is not null)
            {
                Process.GetCurrentProcess().Kill();
            }
        }
    }
}
