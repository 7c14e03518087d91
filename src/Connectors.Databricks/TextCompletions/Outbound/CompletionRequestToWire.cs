using System.Globalization;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.TextCompletions.Outbound;

/// <summary>
/// Writes the request document of the completion task (serving reference §7.1). Values that no model accepts throw.
/// </summary>
internal static class CompletionRequestToWire
{
    public static RequestBody Write(CompletionRequest request, DatabricksServingOptions settings)
    {
        using var document = new RequestDocument(null, settings.SerializerOptions, nameof(DatabricksCompletionOptions));
        try
        {
            document.Writer.WriteStartObject();
            WritePrompts(document, request);
            WriteOptions(document, request.Options);
            document.Reserve("stream");
            if (request.IsStream)
            {
                document.Writer.WriteBoolean("stream", true);
            }

            foreach (var (name, value) in request.Options.AdditionalProperties ?? new Dictionary<string, object?>())
            {
                document.WriteAdditional(name, value);
            }

            document.Writer.WriteEndObject();
            document.Writer.Flush();
            return new RequestBody(document.Buffer);
        }
        catch
        {
            document.Buffer.Dispose();
            throw;
        }
    }

    private static void WritePrompts(RequestDocument document, CompletionRequest request)
    {
        document.Begins("prompt");
        if (!request.IsList)
        {
            document.Writer.WriteStringValue(request.Prompts[0]);
            return;
        }

        if (request.Prompts.Length == 0)
        {
            throw Invalid("There is no prompt. Use one or more.", "prompts");
        }

        document.Writer.WriteStartArray();
        foreach (var prompt in request.Prompts)
        {
            document.Writer.WriteStringValue(prompt ?? throw Invalid("A prompt is null. Every prompt must be a string.", "prompts"));
        }

        document.Writer.WriteEndArray();
    }

    private static void WriteOptions(RequestDocument document, DatabricksCompletionOptions options)
    {
        WriteCount(document, "max_tokens", nameof(options.MaxOutputTokens), options.MaxOutputTokens);
        WriteNumber(document, "temperature", nameof(options.Temperature), options.Temperature, highest: float.MaxValue);
        WriteNumber(document, "top_p", nameof(options.TopP), options.TopP, highest: 1);
        WriteCount(document, "top_k", nameof(options.TopK), options.TopK);
        WriteCount(document, "n", nameof(options.ChoiceCount), options.ChoiceCount);
        WriteStop(document, options.StopSequences);
        WriteText(document, "suffix", options.Suffix);
        WriteFlag(document, "echo", options.Echo);
        WriteText(document, "error_behavior", options.ErrorBehavior?.Value);
        WriteFlag(document, "use_raw_prompt", options.UseRawPrompt);
    }

    private static void WriteCount(RequestDocument document, string name, string option, int? value)
    {
        if (value is { } count)
        {
            document.Begins(name);
            document.Writer.WriteNumberValue(count >= 1 ? count : throw Invalid(
                $"{nameof(DatabricksCompletionOptions)}.{option} is {count}. Use 1 or more, or leave it unset."));
        }
    }

    private static void WriteNumber(RequestDocument document, string name, string option, float? value, float highest)
    {
        if (value is { } number)
        {
            // NaN fails this comparison.
            document.Begins(name);
            document.Writer.WriteNumberValue(number >= 0 && number <= highest ? number : throw Invalid(string.Create(
                CultureInfo.InvariantCulture, $"{nameof(DatabricksCompletionOptions)}.{option} is {number}, which no model accepts.")));
        }
    }

    private static void WriteStop(RequestDocument document, IList<string>? sequences)
    {
        if (sequences is not { Count: > 0 })
        {
            return;
        }

        document.Begins("stop");
        document.Writer.WriteStartArray();
        foreach (var sequence in sequences)
        {
            document.Writer.WriteStringValue(!string.IsNullOrEmpty(sequence) ? sequence : throw Invalid(
                $"{nameof(DatabricksCompletionOptions)}.StopSequences holds an empty sequence, which would stop every completion at " +
                "once."));
        }

        document.Writer.WriteEndArray();
    }

    private static void WriteText(RequestDocument document, string name, string? value)
    {
        if (value is not null)
        {
            document.Begins(name);
            document.Writer.WriteStringValue(value);
        }
    }

    private static void WriteFlag(RequestDocument document, string name, bool? value)
    {
        if (value is { } flag)
        {
            document.Begins(name);
            document.Writer.WriteBooleanValue(flag);
        }
    }

    private static ArgumentException Invalid(string message, string argument = "options") => new(message, argument);
}
