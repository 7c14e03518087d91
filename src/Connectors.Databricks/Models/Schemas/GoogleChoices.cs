using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Corrects <c>anyOf</c>, which Google accepts only alone ([issue BerriAI/litellm#11164]): keywords next to it move into the choices that
/// they constrain, or into the description.
/// </summary>
/// <param name="schema">The schema, which is changed.</param>
/// <param name="notes">Receives what the schema can no longer express.</param>
/// <param name="changes">Receives the keywords that were changed.</param>
internal sealed class GoogleChoices(JsonObject schema, List<string> notes, ISet<string> changes)
{
    private const string Keyword = "anyOf";

    private readonly HashSet<string> _used = [];

    public void Correct()
    {
        var original = schema[Keyword]!;
        var choices = (original as JsonArray ?? []).OfType<JsonObject>().Select(choice => (JsonObject)choice.DeepClone()).ToList();
        var shared = schema.Where(member => member.Key != Keyword && !IsAnnotation(member.Key)).ToList();
        if (choices.Count == 0 || (shared.Count > 0 && !choices.Exists(HasOwnMeaning)))
        {
            // [issue 1jehuang/jcode#655]: choices with nothing but required.
            Describe(original);
            return;
        }

        var possible = choices.ToLookup(choice => IsPossible(choice, shared));
        var combined = possible[true].Select(choice => Combine(choice, shared)).ToList();
        if (combined.Count == 0)
        {
            Describe(original);
            return;
        }

        if (combined.Count < choices.Count)
        {
            notes.Add(SchemaNodes.Note(Keyword, new JsonArray([.. possible[false]])));
        }

        if (shared.Count > 0 || combined.Count != ((JsonArray)original).Count)
        {
            changes.Add(Keyword);
        }

        DescribeUnused(shared);
        foreach (var (keyword, _) in shared)
        {
            schema.Remove(keyword);
        }

        schema.Remove(Keyword);
        if (combined is [var only])
        {
            SchemaNodes.Merge(schema, only);
        }
        else
        {
            schema[Keyword] = new JsonArray([.. combined]);
            MoveAnnotations(combined);
        }
    }

    private void Describe(JsonNode original)
    {
        changes.Add(Keyword);
        schema.Remove(Keyword);
        notes.Add(SchemaNodes.Note(Keyword, original));
    }

    private static bool HasOwnMeaning(JsonObject choice) => choice.Any(member => member.Key is not "required" && !IsAnnotation(member.Key));

    private static bool IsAnnotation(string keyword) => keyword is not "type" && GoogleTypes.IsNeutral(keyword);

    private bool IsPossible(JsonObject choice, List<KeyValuePair<string, JsonNode?>> shared) =>
        shared.Count == 0 || GoogleTypes.TryIntersect(schema["type"].Text(), TypeOf(choice), out _);

    private static string? TypeOf(JsonObject choice) => choice["type"].Text() ?? GoogleTypes.Implied(choice);

    private JsonObject Combine(JsonObject choice, List<KeyValuePair<string, JsonNode?>> shared)
    {
        if (shared.Count == 0)
        {
            return choice;
        }

        GoogleTypes.TryIntersect(schema["type"].Text(), TypeOf(choice), out var type);
        if (type is not null && !choice.ContainsKey(Keyword))
        {
            choice["type"] = type;
        }

        foreach (var (keyword, value) in shared)
        {
            if (keyword != "type" && GoogleTypes.Constrains(keyword, type))
            {
                _used.Add(keyword);
                SchemaNodes.Merge(choice, new JsonObject { [keyword] = value?.DeepClone() });
            }
        }

        return choice;
    }

    // A keyword that constrains none of the choices.
    private void DescribeUnused(List<KeyValuePair<string, JsonNode?>> shared)
    {
        foreach (var (keyword, value) in shared)
        {
            if (keyword != "type" && !_used.Contains(keyword))
            {
                changes.Add(keyword);
                notes.Add(SchemaNodes.Note(keyword, value));
            }
        }
    }

    private void MoveAnnotations(List<JsonObject> choices)
    {
        var first = choices[0];
        if (schema["description"].Text() is { } description)
        {
            var own = first["description"].Text();
            first["description"] = own is { Length: > 0 } && own != description ? $"{description} {own}" : description;
        }

        if (schema["title"].Text() is { } title && first["title"].Text() != title)
        {
            if (first.ContainsKey("title"))
            {
                notes.Add(SchemaNodes.Note("title", title));
            }

            first["title"] ??= title;
        }

        if (schema["nullable"] is JsonValue nullable && nullable.TryGetValue<bool>(out var isNullable) && isNullable)
        {
            foreach (var choice in choices)
            {
                choice["nullable"] = true;
            }
        }

        foreach (var keyword in (ReadOnlySpan<string>)["default", "example"])
        {
            if (schema[keyword] is { } value)
            {
                notes.Add(SchemaNodes.Note(keyword, value));
            }
        }

        foreach (var keyword in schema.Select(member => member.Key).Where(keyword => keyword != Keyword).ToList())
        {
            changes.Add(keyword);
            schema.Remove(keyword);
        }
    }
}
