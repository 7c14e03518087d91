using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>
/// A program that starts the run of an agent, or continues it, and stores each update with its event and its token in one file. It is
/// killed when an event arrives.
/// </summary>
internal static class AgentReader
{
    public const string Command = "read-agent";

    /// <summary>Starts the program, and waits for its end.</summary>
    /// <returns>Whether it was killed.</returns>
    public static async Task<bool> StartAsync(Uri host, string token, string agent, string file, long killAt)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var program = typeof(AgentReader).Assembly.Location;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var process = Process.Start(new ProcessStartInfo(
            dotnet, [program, Command, host.AbsoluteUri, token, agent, file, $"{killAt}"]) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.Empty(errors);
        return process.ExitCode != 0;
    }

    public static async Task RunAsync(string[] arguments)
    {
        var (host, token, agent, file) = (arguments[0], arguments[1], arguments[2], arguments[3]);
        var killAt = long.Parse(arguments[4], CultureInfo.InvariantCulture);
        using var http = new HttpClient(new KillingHandler(new SocketsHttpHandler(), killAt));
        var serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = new Uri(host),
            Credential = DatabricksCredential.FromToken(token),
            HttpClient = http,
            Chat = { IncludeRawUpdates = true },
        });
        var state = File.Exists(file)
            ? JsonNode.Parse(await File.ReadAllTextAsync(file))!
            : new JsonObject { ["updates"] = new JsonArray() };
        var continued = state["token"]?.Deserialize<ResponseContinuationToken>(AIJsonUtilities.DefaultOptions);
        var messages = continued is null ? AgentWorkspace.Say(AgentWorkspace.Text) : [];
        await foreach (var update in serving.GetAgentClient(agent)
            .GetStreamingResponseAsync(messages, AgentWorkspace.Background(continued)))
        {
            state["updates"]!.AsArray().Add((JsonNode)new JsonObject { ["text"] = update.Text, ["event"] = EventOf(update) });
            state["token"] = JsonSerializer.SerializeToNode(update.ContinuationToken, AIJsonUtilities.DefaultOptions);
            await File.WriteAllTextAsync($"{file}.new", state.ToJsonString());
            File.Move($"{file}.new", file, overwrite: true);
        }
    }

    /// <summary>The event of an update; null for one that the client added.</summary>
    public static JsonNode? EventOf(ChatResponseUpdate update) =>
        update.RawRepresentation is DatabricksServingResponse response ? JsonNode.Parse(response.Body.Span) : null;
}
