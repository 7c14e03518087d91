using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Renames the parameters of a tool whose names Anthropic rejects, such as <c>$top</c> and <c>filter[id]</c>
/// ([issue ComposioHQ/composio#3500]). The rule applies to the properties of the root only.
/// </summary>
internal static class PropertyNames
{
    private const int MaxLength = 64;

    /// <param name="root">The schema, which is changed.</param>
    /// <param name="changes">Receives <c>properties</c> when a property is renamed.</param>
    /// <returns>The names of the caller by those in the schema, or null when none is renamed.</returns>
    public static IReadOnlyDictionary<string, string>? Fit(JsonObject root, ISet<string> changes)
    {
        if (root["properties"] is not JsonObject properties || properties.All(property => Fits(property.Key)))
        {
            return null;
        }

        changes.Add("properties");
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var renamed = new JsonObject();
        foreach (var (name, schema) in properties.ToList())
        {
            var fitted = Fits(name)
                ? name
                : Unique(Fitted(name), candidate => properties.ContainsKey(candidate) || names.ContainsKey(candidate));
            properties.Remove(name);
            renamed[fitted] = schema;
            if (fitted != name)
            {
                names[fitted] = name;
                properties[fitted] = null;
            }
        }

        root["properties"] = renamed;
        var originals = names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
        RenameRequired(root, originals);
        SchemaWalk.Visit(root, "#", (schema, _) => RenameReference(schema, originals), static _ => { });
        return names;
    }

    private static bool Fits(string name) => name.Length is > 0 and <= MaxLength && name.All(IsAllowed);

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';

    private static string Fitted(string name)
    {
        var safe = string.Concat(name.Select(c => IsAllowed(c) ? c : '_'));
        return safe.Length switch { 0 => "_", > MaxLength => safe[..MaxLength], _ => safe };
    }

    private static string Unique(string name, Predicate<string> isTaken)
    {
        var candidate = name;
        for (var number = 2; isTaken(candidate); number++)
        {
            var suffix = $"_{number}";
            candidate = string.Concat(name.AsSpan(0, Math.Min(name.Length, MaxLength - suffix.Length)), suffix);
        }

        return candidate;
    }

    private static void RenameRequired(JsonObject root, Dictionary<string, string> originals)
    {
        if (root["required"] is JsonArray required)
        {
            var names = required.Select(SchemaNodes.Text).OfType<string>();
            root["required"] = new JsonArray([.. names.Select(name => (JsonNode)originals.GetValueOrDefault(name, name))]);
        }
    }

    // References into a renamed property, as recursive types have them.
    private static void RenameReference(JsonObject schema, Dictionary<string, string> originals)
    {
        if (schema["$ref"].Text() is not { } reference || !reference.StartsWith("#/properties/", StringComparison.Ordinal))
        {
            return;
        }

        var steps = reference.Split('/');
        if (originals.TryGetValue(SchemaNodes.Unescaped(steps[2]), out var fitted))
        {
            steps[2] = fitted;
            schema["$ref"] = string.Join('/', steps);
        }
    }
}
