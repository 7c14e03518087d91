using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Predictions;

/// <summary>
/// A tiny linear model behind the four inputs (§8.4), rounded to <c>params.decimals</c> places, by default six. Its
/// coefficients are those of the served version.
/// </summary>
internal static class ClassicModel
{
    private const int UsualDecimals = 6;

    private static readonly string[] Inputs = ["dataframe_split", "dataframe_records", "instances", "inputs"];

    public static ServerResponse Answer(ServingEndpoint endpoint, LinearModel facts, JsonObject body, DateTimeOffset now)
    {
        var refusal = Refusal(body);
        var turn = endpoint.ResponseQueue.Take(refusal is null);
        return turn switch
        {
            null => ServerResponse.Error(400, "BAD_REQUEST", refusal!),
            AutomaticResponse or ScriptedAnswer => Predict(facts, body),
            _ => FixedResponses.Create(turn, new ChatRequest(body), now),
        } with
        { Modifiers = turn?.Modifiers ?? new() };
    }

    // The wording is MLflow's. Unconfirmed: on Databricks.
    private static string? Refusal(JsonObject body)
    {
        var given = Inputs.Count(body.IsGiven);
        return given == 1 ? null : "Invalid input. The input must be a JSON dictionary with exactly one of the input fields "
            + "{'dataframe_split', 'dataframe_records', 'instances', 'inputs'}. Received dictionary with input fields: "
            + $"[{string.Join(", ", body.Select(member => $"'{member.Key}'"))}].";
    }

    private static BodyResponse Predict(LinearModel facts, JsonObject body)
    {
        var decimals = Math.Clamp(body.Object("params")?.Integer("decimals") ?? UsualDecimals, 0, 15);
        JsonArray predictions = [];
        foreach (var row in ClassicRows.Read(body, Inputs.First(body.IsGiven), LinearModel.Columns))
        {
            if (Mismatch(row) is string mismatch)
            {
                return ServerResponse.Error(400, "BAD_REQUEST", mismatch);
            }

            predictions.Add(Score(facts, row!["tenure"], row["monthly_charges"], decimals));
        }

        return ServerResponse.Json(200, new JsonObject { ["predictions"] = predictions });
    }

    // The prediction for a missing value is NaN, which JSON writes as null.
    private static JsonNode? Score(LinearModel facts, JsonNode? tenure, JsonNode? charges, int decimals) =>
        tenure is null || charges is null
            ? null
            : (JsonNode)Math.Round(
                facts.Intercept + (facts.Tenure * Number(tenure)) + (facts.MonthlyCharges * Number(charges)), decimals);

    private static double Number(JsonNode node) => new JsonObject { ["value"] = node.DeepClone() }.Number("value")!.Value;

    /// <summary>Validates a row against the signature. The text is MLflow's. Unconfirmed: on Databricks.</summary>
    private static string? Mismatch(IReadOnlyDictionary<string, JsonNode?>? row)
    {
        if (row is null)
        {
            return "Failed to parse input data. Each row must have a value for each column.";
        }

        string[] missing = [.. LinearModel.Columns.Where(column => !row.ContainsKey(column))];
        if (missing.Length > 0)
        {
            return $"Model is missing inputs [{string.Join(", ", missing.Select(column => $"'{column}'"))}].";
        }

        var wrong = LinearModel.Columns.FirstOrDefault(
            column => row[column] is JsonNode value && value.GetValueKind() != JsonValueKind.Number);
        return wrong is null ? null : $"Incompatible input types for column {wrong}. Can not safely convert object to float64.";
    }
}
