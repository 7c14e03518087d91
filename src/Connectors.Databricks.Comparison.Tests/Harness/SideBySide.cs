using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>
/// Runs one program on both connectors over the same script and compares, member by member, what the program returned and every request
/// body. A difference fails the case unless it is accepted; so does an accepted one that did not occur.
/// </summary>
internal static class SideBySide
{
    public static Task RunAsync(Reply[] script, Func<App, Task<object?>> program, params AcceptedDifference[] accepted) =>
        RunAsync(script, configure: null, program, accepted);

    /// <param name="script">The replies of the model; both connectors must request all of them.</param>
    /// <param name="configure">Adds filters, plugins and services to the kernel of <see cref="App"/>.</param>
    /// <param name="program">What an app does; it is run once for each connector.</param>
    /// <param name="accepted">The differences that show here, besides those that may show everywhere.</param>
    public static async Task RunAsync(
        Reply[] script, Action<IKernelBuilder>? configure, Func<App, Task<object?>> program, params AcceptedDifference[] accepted)
    {
        var openAI = await RunAsync(Connector.OpenAI, script, configure, program);
        var databricks = await RunAsync(Connector.Databricks, script, configure, program);

        var differences = JsonDifference.Between(openAI, databricks).ToList();
        var unexpected = differences.Where(difference =>
            !AcceptedDifferences.Everywhere.Concat(accepted).Any(one => one.Covers(difference))).ToList();
        Assert.True(unexpected.Count == 0, $"The connectors differ (OpenAI <> Databricks):\n{string.Join('\n', unexpected)}");
        Assert.All(accepted, one => Assert.True(differences.Any(one.Covers), $"This accepted difference did not occur: {one.Subject}"));
    }

    private static async Task<JsonNode> RunAsync(
        Connector connector, Reply[] script, Action<IKernelBuilder>? configure, Func<App, Task<object?>> program)
    {
        using var model = new ScriptedModel(script);
        using var app = new App(connector, model, configure);
        var result = JsonSerializer.SerializeToNode(await program(app));
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
}
