using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Behaviours;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>A tiny linear model behind the dataframe inputs (§8.4).</summary>
internal static class ClassicModel
{
    private static readonly string[] Inputs = ["dataframe_split", "dataframe_records", "instances", "inputs"];

    public static HttpAnswer Answer(EmulatedEndpoint endpoint, JsonObject body, DateTimeOffset now)
    {
        string? refusal = Refusal(body);
        Turn? turn = endpoint.Script.Take(refusal is null);
        return turn switch
        {
            null => HttpAnswer.Error(400, "BAD_REQUEST", refusal!),
            AutomaticTurn or AnswerTurn => Predict(body),
            _ => FixedAnswer.Of(turn, new ChatRequest(body), now),
        } with
        { Decoration = turn?.Decoration ?? new() };
    }

    // The wording is MLflow's. unseen: on Databricks.
    private static string? Refusal(JsonObject body)
    {
        int given = Inputs.Count(body.IsGiven);
        return given == 1 ? null : "Invalid input. The input must be a JSON dictionary with exactly one of the input fields "
            + "{'dataframe_split', 'dataframe_records', 'instances', 'inputs'}. Received dictionary with input fields: "
            + $"[{string.Join(", ", body.Select(member => $"'{member.Key}'"))}].";
    }

    private static BodyAnswer Predict(JsonObject body)
    {
        JsonArray predictions = [];
        foreach (IReadOnlyDictionary<string, double> row in Rows(body))
        {
            if (!row.TryGetValue("tenure", out double tenure) || !row.TryGetValue("monthly_charges", out double charges))
            {
                return HttpAnswer.Error(400, "BAD_REQUEST", "Model is missing inputs ['tenure', 'monthly_charges'].");
            }

            predictions.Add((JsonNode)Math.Round(0.5 - (0.01 * tenure) + (0.004 * charges), 6));
        }

        return HttpAnswer.Json(200, new JsonObject { ["predictions"] = predictions });
    }

    private static IEnumerable<IReadOnlyDictionary<string, double>> Rows(JsonObject body)
    {
        if (body.Object("dataframe_split") is JsonObject split)
        {
            string[] columns = split["columns"] is JsonArray names ? [.. names.Select(name => name.Text() ?? "")] : [];
            return split["data"] is JsonArray data ? data.OfType<JsonArray>().Select(row => Row(columns, row)) : [];
        }

        string key = Inputs.First(body.IsGiven);
        return body[key] switch
        {
            JsonArray rows => rows.Select(row => row switch
            {
                JsonObject record => record.ToDictionary(member => member.Key, member => record.Number(member.Key) ?? 0),
                JsonArray values => Row(["tenure", "monthly_charges"], values),
                _ => [],
            }),
            _ => [],
        };
    }

    private static Dictionary<string, double> Row(string[] columns, JsonArray values)
        => columns.Zip(values).ToDictionary(
            pair => pair.First, pair => new JsonObject { ["value"] = pair.Second?.DeepClone() }.Number("value") ?? 0);
}
