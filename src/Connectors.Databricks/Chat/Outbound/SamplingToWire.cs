using System.Globalization;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Outbound;

/// <summary>Writes sampling parameters and limits. What no model could mean is refused here, under the option's own name.</summary>
internal static class SamplingToWire
{
    /// <param name="body">Where to write.</param>
    /// <param name="options">The caller's wishes.</param>
    /// <param name="reservedTokens">A limit that makes room for thinking, when the caller gave none.</param>
    public static void Write(RequestDocument body, ChatOptions options, int? reservedTokens)
    {
        WriteNumber(body, "temperature", nameof(ChatOptions.Temperature), options.Temperature, lowest: 0);
        WriteNumber(body, "top_p", nameof(ChatOptions.TopP), options.TopP, lowest: 0, highest: 1);
        WriteCount(body, "top_k", nameof(ChatOptions.TopK), options.TopK);
        WriteCount(body, "max_tokens", nameof(ChatOptions.MaxOutputTokens), options.MaxOutputTokens ?? reservedTokens);
        WriteNumber(body, "frequency_penalty", nameof(ChatOptions.FrequencyPenalty), options.FrequencyPenalty);
        WriteNumber(body, "presence_penalty", nameof(ChatOptions.PresencePenalty), options.PresencePenalty);
        if (options.Seed is { } seed && body.Begins("seed"))
        {
            body.Writer.WriteNumberValue(seed);
        }

        WriteStop(body, options.StopSequences);
    }

    private static void WriteNumber(
        RequestDocument body, string name, string option, float? value, float lowest = float.MinValue, float highest = float.MaxValue)
    {
        if (value is not { } number)
        {
            return;
        }

        // A comparison that NaN fails.
        if (!(number >= lowest && number <= highest))
        {
            throw InvalidOption.OutOfRange(string.Create(CultureInfo.InvariantCulture, $"ChatOptions.{option} is {number}, which no model accepts."));
        }

        if (body.Begins(name))
        {
            body.Writer.WriteNumberValue(number);
        }
    }

    private static void WriteCount(RequestDocument body, string name, string option, int? value)
    {
        if (value is not { } count)
        {
            return;
        }

        if (count < 1)
        {
            throw InvalidOption.OutOfRange($"ChatOptions.{option} is {count}. Use 1 or more, or leave it unset.");
        }

        if (body.Begins(name))
        {
            body.Writer.WriteNumberValue(count);
        }
    }

    private static void WriteStop(RequestDocument body, IList<string>? sequences)
    {
        if (sequences is not { Count: > 0 })
        {
            return;
        }

        if (sequences.Any(string.IsNullOrEmpty))
        {
            throw InvalidOption.Because("ChatOptions.StopSequences holds an empty sequence, which would stop every answer at once.");
        }

        body.BeginArray("stop");
        foreach (var sequence in sequences)
        {
            body.Writer.WriteStringValue(sequence);
        }

        body.Writer.WriteEndArray();
    }
}
