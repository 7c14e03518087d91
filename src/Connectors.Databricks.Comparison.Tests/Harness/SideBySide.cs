using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>
/// Runs one program on both connectors over the same script, on this one over both APIs, and compares, member by member, what the program
/// returned and every request body. A difference fails the case unless it is accepted; so does an accepted one that did not occur.
/// </summary>
internal static class SideBySide
{
    public static Task RunAsync(Reply[] script, Func<App, Task<object?>> program, params AcceptedDifference[] accepted) =>
        RunAsync(script, configure: null, program, accepted);

    /// <param name="script">The replies of the model; both connectors must request all of them.</param>
    /// <param name="configure">Adds filters, plugins and services to the kernel of <see cref="App"/>.</param>
    /// <param name="program">What an app does; it is run once for each connector.</param>
    /// <param name="accepted">The differences that show here, besides those that may show everywhere.</param>
    public static Task RunAsync(
        Reply[] script, Action<IKernelBuilder>? configure, Func<App, Task<object?>> program, params AcceptedDifference[] accepted) =>
        RunAsync(new Run(script, [], configure, program), accepted);

    /// <summary>Continues a history that holds earlier replies of the model.</summary>
    public static Task ContinueAsync(
        Reply[] earlier, Reply[] script, Func<App, Task<object?>> program, params AcceptedDifference[] accepted) =>
        RunAsync(new Run(script, earlier, null, program), accepted);

    private static async Task RunAsync(Run run, AcceptedDifference[] accepted)
    {
        var openAI = await RunAsync(Connector.OpenAI, run);
        Compare(openAI, await RunAsync(Connector.Databricks, run), DatabricksChatApi.ChatCompletions, accepted);
        Compare(openAI, await RunAsync(Connector.Responses, run), DatabricksChatApi.Responses, accepted);
    }

    private static void Compare(JsonNode openAI, JsonNode databricks, DatabricksChatApi api, AcceptedDifference[] accepted)
    {
        AcceptedDifference[] own = [.. accepted.Where(one => one.ShowsOver(api))];
        var differences = JsonDifference.Between(openAI, databricks).ToList();
        var unexpected = differences.Where(difference =>
            !AcceptedDifferences.Everywhere.Where(one => one.ShowsOver(api)).Concat(own).Any(one => one.Covers(difference))).ToList();
        Assert.True(unexpected.Count == 0, $"The connectors differ (OpenAI <> Databricks over {api}):\n{string.Join('\n', unexpected)}");
        Assert.All(
            own, one => Assert.True(differences.Any(one.Covers), $"This accepted difference did not occur over {api}: {one.Subject}"));
    }

    private static async Task<JsonNode> RunAsync(Connector connector, Run run)
    {
        using var model = new ScriptedModel(run.Script, run.Earlier);
        using var app = new App(connector, model, run.Configure);
        var result = JsonSerializer.SerializeToNode(await run.Program(app));
        Assert.True(model.Requests.Count > 0, $"{connector} made no request.");
        Assert.True(model.RepliesLeft == 0, $"{connector} left {model.RepliesLeft} replies of the script.");
        return new JsonObject
        {
            ["result"] = result,
            ["invocations"] = JsonSerializer.SerializeToNode(app.City.Invocations),
            ["models"] = JsonSerializer.SerializeToNode(model.Models),
            ["requests"] = new JsonArray([.. model.Requests]),
        };
    }

    private sealed record Run(
        Reply[] Script, Reply[] Earlier, Action<IKernelBuilder>? Configure, Func<App, Task<object?>> Program);
}
