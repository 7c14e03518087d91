using Connectors.Databricks.Emulator.Models;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Embeddings;

/// <summary>
/// The validation of embedding requests. The first text is that of native models (§3.6), seen on chat. Unconfirmed: every other text, and
/// what happens to a text that is too long.
/// </summary>
internal static class EmbeddingRules
{
    private const int SmallestDimensions = 32;

    public static string? FirstViolation(EmbeddingRequest request, EmbeddingCapabilities facts, DatabricksEmulatorOptions options)
    {
        foreach ((var name, var value) in request.Body)
        {
            if (value is not null && !Accepts(name, facts, options))
            {
                return $"Bad request: json: unknown field \"{name}\"\n";
            }
        }

        if (request.Inputs is not { Count: > 0 } inputs)
        {
            return "Bad request: input: a string or a list of strings is required\n";
        }

        if (inputs.Count > options.Limits.MaxEmbeddingInputs)
        {
            return $"Bad request: input: at most {options.Limits.MaxEmbeddingInputs} strings are allowed, got {inputs.Count}\n";
        }

        if (request.Dimensions is int dimensions && (dimensions < 1 || dimensions > facts.Dimensions))
        {
            return $"Bad request: dimensions: must be between 1 and {facts.Dimensions}\n";
        }

        if (options.Strict && request.Dimensions is int some && (some < SmallestDimensions || !int.IsPow2(some)))
        {
            // Supported: powers of two from 32 on (public captures). Unconfirmed: the response to others.
            return $"Bad request: dimensions: must be a power of two from {SmallestDimensions} to {facts.Dimensions}\n";
        }

        var tooLong = inputs.FirstOrDefault(text => Tokenizer.Count(text) > facts.MaxTokens);
        return tooLong is null ? null : $"Bad request: input: {Tokenizer.Count(tooLong)} tokens exceed the limit of {facts.MaxTokens}\n";
    }

    private static bool Accepts(string name, EmbeddingCapabilities facts, DatabricksEmulatorOptions options) => name switch
    {
        "model" or "input" or "instruction" or "usage_context" or "client_request_id" => true,
        "dimensions" => facts.AcceptsDimensions,
        "encoding_format" => options.Quirks.EncodingFormat != EmulatedEncodingFormat.Rejected,
        _ => false,
    };
}
