using System.Text;
using Connectors.Databricks.Models.Records;

namespace Connectors.Databricks;

/// <summary>
/// What is known of models, by name. The connector comes with a dated table, <see cref="BuiltIn"/>; yours is laid over it. Immutable: each
/// method that adds gives a new catalogue.
/// </summary>
/// <example>
/// <code>
/// options.Models = DatabricksModelCapabilities.BuiltIn
///     .WithEndpoint("prod-chat", "claude-sonnet-4-5")
///     .WithJsonFile("models.json");
/// </code>
/// </example>
public sealed class DatabricksModelCapabilities
{
    private static readonly Lazy<DatabricksModelCapabilities> LazyBuiltIn =
        new(() => new DatabricksModelCapabilities(BuiltInModels.File.Models, BuiltInModels.File.Endpoints));

    private readonly IReadOnlyDictionary<string, string> _endpoints;
    private readonly (NamePattern Pattern, DatabricksModelInfo Model)[] _patterns;

    private DatabricksModelCapabilities(IReadOnlyList<DatabricksModelInfo> models, IReadOnlyDictionary<string, string> endpoints)
    {
        Models = models;
        _endpoints = endpoints;

        // A stable sort: of two that fit as closely, the one that was added first goes first, and yours were.
        _patterns = [.. models
            .SelectMany(model => model.Aliases.Prepend(model.Name).Select(name => (Pattern: new NamePattern(name), model)))
            .OrderByDescending(item => item.Pattern.Specificity)];
    }

    /// <summary>The table that the connector comes with: every model that Databricks has offered, and what holds for their families.</summary>
    public static DatabricksModelCapabilities BuiltIn => LazyBuiltIn.Value;

    /// <summary>No model at all: nothing is known but what endpoints teach.</summary>
    public static DatabricksModelCapabilities Empty { get; } = new([], new Dictionary<string, string>());

    /// <summary>The records, yours first.</summary>
    public IReadOnlyList<DatabricksModelInfo> Models { get; }

    /// <summary>Finds the record of a model or an endpoint.</summary>
    /// <param name="name">
    /// The name of an endpoint (<c>databricks-gpt-5-2</c>), of a served entity (<c>system.ai.claude-sonnet-4-5</c>), or of a model at its
    /// provider (<c>us.anthropic.claude-sonnet-4-5-20250929-v1:0</c>).
    /// </param>
    /// <returns>
    /// The record whose name is the longest that stands in <paramref name="name"/>; <see langword="null"/> when none does.
    /// </returns>
    public DatabricksModelInfo? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var segments = NamePattern.Segments(_endpoints.GetValueOrDefault(name) ?? name);
        foreach (var (pattern, model) in _patterns)
        {
            if (pattern.IsIn(segments))
            {
                return model;
            }
        }

        return null;
    }

    /// <summary>Finds the record of an external model.</summary>
    /// <param name="provider">The provider, such as <c>anthropic</c>, which is asked when the model's name is not known.</param>
    /// <param name="modelName">The provider's name of the model, such as <c>claude-sonnet-4-5-20250929</c>.</param>
    /// <returns>The record of the model, else of the provider's family, else <see langword="null"/>.</returns>
    public DatabricksModelInfo? Find(string provider, string modelName)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return Find(modelName) ?? Find(provider);
    }

    /// <summary>Adds records. One that bears the name of an earlier record replaces it.</summary>
    /// <param name="models">The records; <c>with</c> makes one of another.</param>
    /// <returns>A catalogue with them.</returns>
    /// <exception cref="ArgumentException">A record has no name.</exception>
    public DatabricksModelCapabilities With(params IEnumerable<DatabricksModelInfo> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        DatabricksModelInfo[] added = [.. models];
        if (added.Any(model => string.IsNullOrWhiteSpace(model?.Name)))
        {
            throw new ArgumentException("A model record has no name. Give it the name that endpoints of the model contain.", nameof(models));
        }

        var names = added.Select(model => new NamePattern(model.Name).Text).ToHashSet(StringComparer.Ordinal);
        return new DatabricksModelCapabilities(
            [.. added, .. Models.Where(model => !names.Contains(new NamePattern(model.Name).Text))], _endpoints);
    }

    /// <summary>Says which model an endpoint of yours serves, when its name does not.</summary>
    /// <param name="endpointName">The endpoint, exactly as it is called.</param>
    /// <param name="modelName">The name of the model.</param>
    /// <returns>A catalogue that knows it.</returns>
    /// <exception cref="ArgumentException">No record knows <paramref name="modelName"/>.</exception>
    public DatabricksModelCapabilities WithEndpoint(string endpointName, string modelName)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointName);
        ArgumentException.ThrowIfNullOrEmpty(modelName);
        return Find(modelName) is not null
            ? new DatabricksModelCapabilities(Models, new Dictionary<string, string>(_endpoints) { [endpointName] = modelName })
            : throw new ArgumentException(
                $"No record knows the model '{modelName}' of endpoint '{endpointName}'. Add one first, or use a name of the catalogue.", nameof(modelName));
    }

    /// <summary>Adds the records and endpoints of a JSON text, in the form of the built-in table, whose rules it may use.</summary>
    /// <param name="json">An object with <c>models</c>, <c>rules</c> and <c>endpoints</c>, each of which may be missing.</param>
    /// <returns>A catalogue with them.</returns>
    /// <exception cref="FormatException">It is no JSON, or a key or value is none that a record has; the message names the place.</exception>
    /// <exception cref="ArgumentException">An endpoint names a model that no record knows.</exception>
    public DatabricksModelCapabilities WithJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var file = ModelFile.Read(Encoding.UTF8.GetBytes(json), BuiltInModels.File);
        var catalog = With(file.Models);
        foreach (var (endpointName, modelName) in file.Endpoints)
        {
            catalog = catalog.WithEndpoint(endpointName, modelName);
        }

        return catalog;
    }

    /// <summary>Adds the records and endpoints of a JSON file; see <see cref="WithJson"/>.</summary>
    /// <param name="path">The file, read now.</param>
    /// <returns>A catalogue with them.</returns>
    /// <exception cref="FormatException">The file's text is not what a record is made of; the message names the place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public DatabricksModelCapabilities WithJsonFile(string path) => WithJson(File.ReadAllText(path));
}
