using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Connectors.Databricks.AspNetCore.Errors;

/// <summary>The members of a ProblemDetails document, as a response, in an event, or in a list of results.</summary>
internal sealed class Problem
{
    /// <param name="error">The error.</param>
    /// <param name="includesServiceMessage">Whether the detail may be a text of the service.</param>
    public Problem(RequestError error, bool includesServiceMessage)
    {
        var isUnknownName = error.Code == InvalidRequests.ModelNotFoundCode;
        Status = error.Status;
        Code = isUnknownName ? "endpoint_not_found" : error.Code;
        Detail = isUnknownName ? "The endpoint does not exist, or clients may not use it."
            : includesServiceMessage ? error.Message : error.Summary;
        Errors = error.Invalid ?? (isUnknownName || error.Param is not { } param ? null
            : new Dictionary<string, string[]>(StringComparer.Ordinal) { [param] = [Detail] });
        RetryAfterSeconds = error.RetryAfter is { } delay ? (long)Math.Ceiling(Math.Max(delay.TotalSeconds, 0)) : null;
    }

    public int Status { get; }

    public string Title => ReasonPhrases.GetReasonPhrase(Status);

    public string? Code { get; }

    public string Detail { get; }

    /// <summary>The invalid members of the request, as in <c>HttpValidationProblemDetails</c>.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; }

    public long? RetryAfterSeconds { get; }

    public void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("title"u8, Title);
        writer.WriteNumber("status"u8, Status);
        writer.WriteString("detail"u8, Detail);
        writer.WriteString("code"u8, Code);
        if (RetryAfterSeconds is { } seconds)
        {
            writer.WriteNumber("retryAfterSeconds"u8, seconds);
        }

        if (Errors is not { } errors)
        {
            return;
        }

        writer.WriteStartObject("errors"u8);
        foreach (var (member, messages) in errors)
        {
            writer.WriteStartArray(member);
            foreach (var message in messages)
            {
                writer.WriteStringValue(message);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
