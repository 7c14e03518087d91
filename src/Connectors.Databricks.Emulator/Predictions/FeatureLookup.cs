using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Predictions;

/// <summary>
/// Handles requests to a feature spec: keys in, <c>outputs</c> back (§8.4). Each row has two features derived from its key. Unconfirmed:
/// the texts of its refusals.
/// </summary>
internal static class FeatureLookup
{
    private const string Key = "customer_id";

    private static readonly string[] Inputs = ["dataframe_records", "dataframe_split"];

    public static ServerResponse Answer(ServingEndpoint endpoint, JsonObject body, DateTimeOffset now)
    {
        var refusal = Inputs.Count(body.IsGiven) == 1 ? null : "Feature serving takes dataframe_records or dataframe_split.";
        var turn = endpoint.ResponseQueue.Take(refusal is null);
        return turn switch
        {
            null => ServerResponse.Error(400, "BAD_REQUEST", refusal!),
            AutomaticResponse or ScriptedAnswer => LookUp(body),
            _ => FixedResponses.Create(turn, new ChatRequest(body), now),
        } with
        { Modifiers = turn?.Modifiers ?? new() };
    }

    private static BodyResponse LookUp(JsonObject body)
    {
        JsonArray outputs = [];
        foreach (var row in ClassicRows.Read(body, Inputs.First(body.IsGiven), [Key]))
        {
            if (row?.GetValueOrDefault(Key) is not JsonNode key)
            {
                return ServerResponse.Error(400, "BAD_REQUEST", $"Each row needs the lookup key '{Key}'.");
            }

            var seed = key.ToJsonString().Aggregate(17, (sum, letter) => ((sum * 31) + letter) % 10_007);
            outputs.Add((JsonNode)new JsonObject
            {
                [Key] = key.DeepClone(),
                ["purchases_30d"] = seed % 40,
                ["average_basket"] = Math.Round(5 + (seed % 1000 / 10.0), 2),
            });
        }

        return ServerResponse.Json(200, new JsonObject { ["outputs"] = outputs });
    }
}
