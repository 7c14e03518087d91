using System.Text.Json;

namespace Connectors.Databricks.ModelRecords;

/// <summary>
/// Reads a file of model records: <c>rules</c> that several models share, <c>models</c> that are <c>like</c> a rule with
/// differences, and <c>endpoints</c>, which assign a model to an endpoint name.
/// </summary>
internal sealed class ModelFile
{
    private const int DeepestLikeness = 8;

    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly Dictionary<string, JsonElement> _rules = new(StringComparer.Ordinal);

    public List<DatabricksModelInfo> Models { get; } = [];

    public Dictionary<string, string> Endpoints { get; } = new(StringComparer.Ordinal);

    /// <param name="json">The content of the file.</param>
    /// <param name="below">The file whose rules can be referenced, or null.</param>
    /// <exception cref="FormatException">The text is not JSON, or a key or value is invalid; the message contains its location.</exception>
    public static ModelFile Read(ReadOnlyMemory<byte> json, ModelFile? below = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Tolerant);
            var file = new ModelFile();
            file.ReadRoot(document.RootElement.Clone(), below);
            return file;
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The model records are not JSON: {exception.Message}", exception);
        }
    }

    private void ReadRoot(JsonElement root, ModelFile? below)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("Model records are an object with 'rules', 'models' and 'endpoints'.");
        }

        foreach (var (name, rule) in below?._rules ?? [])
        {
            _rules[name] = rule;
        }

        var file = new LayeredJson("The model records", [root]);
        foreach (var rule in Members(root, "rules", file))
        {
            _rules[rule.Name] = Object(rule.Value, $"rule '{rule.Name}'");
        }

        if (root.TryGetProperty("models", out var models))
        {
            var items = models.ValueKind == JsonValueKind.Array ? models : throw file.Wrong("models", "a list");
            var number = 0;
            foreach (var item in items.EnumerateArray())
            {
                Models.Add(ModelFromJson.Read(Layers(Object(item, $"model {++number}"), number)));
            }
        }

        foreach (var endpoint in Members(root, "endpoints", file))
        {
            Endpoints[endpoint.Name] = endpoint.Value.ValueKind == JsonValueKind.String
                ? endpoint.Value.GetString()!
                : throw new FormatException($"Endpoint '{endpoint.Name}' must name a model.");
        }

        foreach (var member in root.EnumerateObject())
        {
            if (member.Name is not ("rules" or "models" or "endpoints"))
            {
                throw new FormatException($"'{member.Name}' is not a key of model records. The known ones: rules, models, endpoints.");
            }
        }
    }

    private LayeredJson Layers(JsonElement model, int number)
    {
        var name = model.TryGetProperty("name", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        var place = name is null ? $"Model {number}" : $"Model '{name}'";
        var layers = new List<JsonElement> { model };
        while (layers[^1].TryGetProperty("like", out var like))
        {
            if (like.ValueKind != JsonValueKind.String || !_rules.TryGetValue(
                like.GetString()!, out var rule) || layers.Count > DeepestLikeness)
            {
                throw new FormatException(
                    $"{place}: 'like' is {like.GetRawText()}, which is not a rule. The rules: {string.Join(", ", _rules.Keys)}.");
            }

            layers.Add(rule);
        }

        return new LayeredJson(place, layers);
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement root, string key, LayeredJson file) =>
        !root.TryGetProperty(key, out var members) ? default :
        members.ValueKind == JsonValueKind.Object ? members.EnumerateObject() : throw file.Wrong(key, "an object");

    private static JsonElement Object(JsonElement value, string place) =>
        value.ValueKind == JsonValueKind.Object ? value : throw new FormatException($"{place} must be an object.");
}
