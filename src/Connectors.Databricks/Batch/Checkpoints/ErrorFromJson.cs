using System.Net;
using System.Text.Json;
using Connectors.Databricks.Batch.Responses;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Batch.Checkpoints;

/// <summary>Reads an error that <see cref="ErrorToJson"/> wrote.</summary>
internal static class ErrorFromJson
{
    private const decimal MostSeconds = long.MaxValue / TimeSpan.TicksPerSecond;

    /// <exception cref="JsonException">The value is not an error.</exception>
    public static DatabricksServingException Read(ref Utf8JsonReader reader)
    {
        ResponseJson.RequireObject(ref reader);
        var error = JsonElement.ParseValue(ref reader);
        return new DatabricksServingException(Redaction.OfNone, new ServingFailure
        {
            Kind = Text(error, "kind") is { } kind && !string.IsNullOrWhiteSpace(kind)
                ? new DatabricksServingErrorKind(kind)
                : DatabricksServingErrorKind.Other,
            Message = Text(error, "message") ?? string.Empty,
            StatusCode = Number(error, "statusCode") is { } status and >= 0 and <= 999 ? (HttpStatusCode)(int)status : null,
            RequestError = Enum.TryParse<HttpRequestError>(Text(error, "requestError"), out var requestError) ? requestError : default,
            ErrorCode = Text(error, "errorCode"),
            ServiceMessage = Text(error, "serviceMessage"),
            RequestId = Text(error, "requestId"),
            TraceResponse = Text(error, "traceResponse"),
            EndpointName = Text(error, "endpointName"),
            RetryAfter = Number(error, "retryAfterSeconds") is { } seconds and >= -MostSeconds and <= MostSeconds
                ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
                : null,
            IsTransient = error.TryGetProperty("isTransient"u8, out var transient) && transient.ValueKind == JsonValueKind.True,
            Guardrail = Text(error, "guardrail"),
            StatementId = Text(error, "statementId"),
            SqlState = Text(error, "sqlState"),
            ServicePolicyDenial = error.TryGetProperty("servicePolicyDenial"u8, out var denial) && denial.ValueKind == JsonValueKind.Object
                ? new DatabricksServicePolicyDenial
                {
                    PolicyName = Text(denial, "policyName"),
                    Phase = Text(denial, "phase"),
                    Reason = Text(denial, "reason"),
                }
                : null,
        });
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static decimal? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
            ? number
            : null;
}
