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

    private readonly ModelFile? _below;
    private readonly JsonElement _root;

    private ModelFile(JsonElement root, ModelFile? below) => (_root, _below) = (root, below);

    public List<ModelEntry> Models { get; } = [];

    public Dictionary<string, string> Endpoints { get; } = new(StringComparer.Ordinal);

    /// <param name="json">The content of the file.</param>
    /// <param name="below">The file whose rules can be referenced, or null.</param>
    /// <exception cref="FormatException">The text is not JSON, or a key or value is invalid; the message contains its location.</exception>
    public static ModelFile Read(ReadOnlyMemory<byte> json, ModelFile? below = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Tolerant);
            var file = new ModelFile(document.RootElement.Clone(), below);
            file.ReadRoot();
            return file;
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The model records are not JSON: {exception.Message}", exception);
        }
    }

    private void ReadRoot()
    {
        var root = _root;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("Model records are an object with 'rules', 'models' and 'endpoints'.");
        }

        var file = new LayeredJson("The model records", [root]);
        foreach (var rule in Members(root, "rules", file))
        {
            Object(rule.Value, $"rule '{rule.Name}'");
        }

        if (root.TryGetProperty("models", out var models))
        {
            var items = models.ValueKind == JsonValueKind.Array ? models : throw file.Wrong("models", "a list");
            var number = 0;
            foreach (var item in items.EnumerateArray())
            {
                Models.Add(Entry(Object(item, $"model {++number}"), number));
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

    private ModelEntry Entry(JsonElement model, int number)
    {
        var json = Layers(model, number);
        return new ModelEntry(ModelFromJson.Name(json), json.Words("aliases") ?? [], () => ModelFromJson.Read(Layers(model, number)));
    }

    private LayeredJson Layers(JsonElement model, int number)
    {
        var name = model.TryGetProperty("name", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        var place = name is null ? $"Model {number}" : $"Model '{name}'";
        var layers = new JsonElement[DeepestLikeness + 1];
        layers[0] = model;
        var count = 1;
        while (layers[count - 1].TryGetProperty("like", out var like))
        {
            if (like.ValueKind != JsonValueKind.String || count > DeepestLikeness || !TryFindRule(like.GetString()!, out layers[count]))
            {
                var rules = string.Join(", ", RuleNames().Distinct());
                throw new FormatException($"{place}: 'like' is {like.GetRawText()}, which is not a rule. The rules: {rules}.");
            }

            count++;
        }

        Array.Resize(ref layers, count);
        return new LayeredJson(place, layers);
    }

    private bool TryFindRule(string name, out JsonElement rule)
    {
        rule = default;
        return (_root.TryGetProperty("rules", out var rules) && rules.TryGetProperty(name, out rule))
            || _below?.TryFindRule(name, out rule) == true;
    }

    private IEnumerable<string> RuleNames() => (_below?.RuleNames() ?? [])
        .Concat(_root.TryGetProperty("rules", out var rules) ? rules.EnumerateObject().Select(rule => rule.Name) : []);

    private static JsonElement.ObjectEnumerator Members(JsonElement root, string key, LayeredJson file) =>
        !root.TryGetProperty(key, out var members) ? default :
        members.ValueKind == JsonValueKind.Object ? members.EnumerateObject() : throw file.Wrong(key, "an object");

    private static JsonElement Object(JsonElement value, string place) =>
        value.ValueKind == JsonValueKind.Object ? value : throw new FormatException($"{place} must be an object.");
}
