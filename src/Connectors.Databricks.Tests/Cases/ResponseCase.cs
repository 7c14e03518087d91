using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Cases;

/// <summary>A response from a public bug report, and the values that a caller must get. Values that are not set are not checked.</summary>
internal sealed record ResponseCase(
    string Id, string Name, string Source, int? Status, string[]? Events, JsonElement? Body, string? Text, string? MediaType,
    ExpectedValues Expect)
{
    private static readonly Lazy<IReadOnlyList<ResponseCase>> Lazily = new(
        () => CaseFile.Read("responses.json", CaseJson.Default.ResponseCaseArray));

    public static IReadOnlyList<ResponseCase> All => Lazily.Value;

    public static ResponseCase Of(string id) => All.Single(item => item.Id == id);

    public bool IsStream => Events is not null;

    /// <summary>A service that sends this response once per call.</summary>
    public VerbatimService Service(int calls = 1)
    {
        var service = new VerbatimService();
        for (var i = 0; i < calls; i++)
        {
            _ = Events is not null
                ? service.Streams(Exchange.Events(Events))
                : service.Answers(Body?.GetRawText() ?? Text!, (HttpStatusCode)(Status ?? 200), MediaType ?? "application/json");
        }

        return service;
    }
}

/// <summary>The values that a caller must get.</summary>
internal sealed record ExpectedValues(
    string? Text, string? Reasoning, string? Protected, string? Finish, long?[]? Usage, long? Cached, JsonElement[][]? Calls,
    bool DistinctIds,
    bool Error, int? Status, string? Code, string[]? ErrorHas, string? RequestId, string? Surface, double?[]? Values);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ResponseCase[]))]
internal sealed partial class CaseJson : JsonSerializerContext;
