using System.Text.Json;

namespace Connectors.Databricks.Batch.Checkpoints;

/// <summary>Writes the properties of an error. Its texts are redacted already; exceptions below it are not stored.</summary>
internal static class ErrorToJson
{
    public static void Write(Utf8JsonWriter writer, DatabricksServingException error)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, error.Kind.Value);
        writer.WriteString("message"u8, error.Message);
        if (error.StatusCode is { } status)
        {
            writer.WriteNumber("statusCode"u8, (int)status);
        }

        if (error.HttpRequestError != HttpRequestError.Unknown)
        {
            writer.WriteString("requestError"u8, error.HttpRequestError.ToString());
        }

        WriteText(writer, "errorCode"u8, error.ErrorCode);
        WriteText(writer, "serviceMessage"u8, error.ServiceMessage);
        WriteText(writer, "requestId"u8, error.RequestId);
        WriteText(writer, "traceResponse"u8, error.TraceResponse);
        WriteText(writer, "endpointName"u8, error.EndpointName);
        if (error.RetryAfter is { } delay)
        {
            writer.WriteNumber("retryAfterSeconds"u8, (decimal)delay.Ticks / TimeSpan.TicksPerSecond);
        }

        writer.WriteBoolean("isTransient"u8, error.IsTransient);
        WriteText(writer, "guardrail"u8, error.Guardrail);
        WriteText(writer, "statementId"u8, error.StatementId);
        WriteText(writer, "sqlState"u8, error.SqlState);
        if (error.ServicePolicyDenial is { } denial)
        {
            writer.WriteStartObject("servicePolicyDenial"u8);
            WriteText(writer, "policyName"u8, denial.PolicyName);
            WriteText(writer, "phase"u8, denial.Phase);
            WriteText(writer, "reason"u8, denial.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
