using System.Text.Json;

namespace Connectors.Databricks.Transport;

/// <summary>
/// Reads the document of an AI Gateway guardrail (serving reference §4.7): the message names the guardrail and quotes no input.
/// </summary>
internal static class GuardrailFromWire
{
    private static readonly (string FinishReason, string Guardrail)[] Known =
    [
        ("input_guardrail_triggered", "input_guardrail"),
        ("output_guardrail_triggered", "output_guardrail"),
    ];

    public static ServiceError? Read(JsonElement document)
    {
        foreach (var (finishReason, guardrail) in Known)
        {
            if (document.TryGetProperty("finishReason", out var reason) && reason.ValueKind == JsonValueKind.String &&
                reason.ValueEquals(finishReason))
            {
                return new ServiceError
                {
                    Guardrail = guardrail,
                    Message = ServiceError.Cap($"blocked by {guardrail} ({Checks(document, guardrail)})"),
                };
            }
        }

        return null;
    }

    // Only names of checks are taken: members such as anonymized_input carry the user's own text.
    private static string Checks(JsonElement document, string guardrail)
    {
        var names = new List<string>();
        if (document.TryGetProperty(guardrail, out var entries) && entries.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in entries.EnumerateArray())
            {
                Collect(entry, names);
                if (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("categories", out var categories))
                {
                    Collect(categories, names);
                }
            }
        }

        return names.Count == 0 ? "flagged" : string.Join(", ", names.Distinct(StringComparer.Ordinal));
    }

    // By hand: thousands of empty entries would cost an enumerator each.
    private static void Collect(JsonElement element, List<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            // A message of more names would be cut.
            if (names.Count < ServiceError.LongestMessage && member.Value.ValueKind == JsonValueKind.True
                && !member.NameEquals("flagged"u8))
            {
                names.Add(member.Name);
            }
        }
    }
}
