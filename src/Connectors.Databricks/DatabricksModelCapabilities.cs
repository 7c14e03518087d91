using System.Diagnostics.CodeAnalysis;
using System.Text;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.ModelRecords;

namespace Connectors.Databricks;

/// <summary>
/// The known models and their capabilities, by name. The connector includes a dated table, <see cref="BuiltIn"/>, which custom records
/// extend and override. Immutable: every method that adds records returns a new instance.
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

    private readonly IReadOnlyList<ModelEntry> _entries;
    private readonly IReadOnlyDictionary<string, string> _endpoints;
    private readonly ModelPattern[] _patterns;
    private IReadOnlyList<DatabricksModelInfo>? _models;

    private DatabricksModelCapabilities(IReadOnlyList<ModelEntry> entries, IReadOnlyDictionary<string, string> endpoints)
    {
        _entries = entries;
        _endpoints = endpoints;
        _patterns = ModelPattern.Sorted(entries);
    }

    /// <summary>Gets the built-in table: every model that Databricks has offered, and the defaults of their families.</summary>
    public static DatabricksModelCapabilities BuiltIn => LazyBuiltIn.Value;

    /// <summary>Gets an empty table: only corrections from error responses apply.</summary>
    public static DatabricksModelCapabilities Empty { get; } = new([], new Dictionary<string, string>());

    /// <summary>Gets the records; custom records come first.</summary>
    public IReadOnlyList<DatabricksModelInfo> Models => _models ??= [.. _entries.Select(entry => entry.Record)];

    /// <summary>Finds the record of a model or an endpoint.</summary>
    /// <param name="name">
    /// The name of an endpoint (<c>databricks-gpt-5-2</c>), of a served entity (<c>system.ai.claude-sonnet-4-5</c>), or of a model at its
    /// provider (<c>us.anthropic.claude-sonnet-4-5-20250929-v1:0</c>).
    /// </param>
    /// <returns>
    /// The record with the longest name that <paramref name="name"/> contains, or <see langword="null"/> when no name matches.
    /// </returns>
    public DatabricksModelInfo? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var segments = NamePattern.Segments(_endpoints.GetValueOrDefault(name) ?? name);
        foreach (var pattern in _patterns)
        {
            if (pattern.IsIn(segments))
            {
                return pattern.Entry.Record;
            }
        }

        return null;
    }

    /// <summary>Finds the record of an external model.</summary>
    /// <param name="provider">The provider, such as <c>anthropic</c>, which is used when the name of the model is unknown.</param>
    /// <param name="modelName">The provider's name of the model, such as <c>claude-sonnet-4-5-20250929</c>.</param>
    /// <returns>The record of the model, otherwise of the family of the provider, otherwise <see langword="null"/>.</returns>
    public DatabricksModelInfo? Find(string provider, string modelName)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return Find(modelName) ?? Find(provider);
    }

    /// <summary>Adds records. A record with the name of an existing record replaces it.</summary>
    /// <param name="models">The records. Use a <c>with</c> expression to derive a record from an existing one.</param>
    /// <returns>A new instance that includes the records.</returns>
    /// <exception cref="ArgumentException">A record has no name.</exception>
    public DatabricksModelCapabilities With(params IEnumerable<DatabricksModelInfo> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        DatabricksModelInfo[] added = [.. models];
        if (added.Any(model => string.IsNullOrWhiteSpace(model?.Name)))
        {
            throw new ArgumentException(
                "A model record has no name. Set Name to the name that endpoints of the model contain.", nameof(models));
        }

        var names = added.Select(model => new NamePattern(model.Name).Text).ToHashSet(StringComparer.Ordinal);
        return new DatabricksModelCapabilities(
            [
                .. added.Select(model => new ModelEntry(model)),
                .. _entries.Where(entry => !names.Contains(new NamePattern(entry.Name).Text)),
            ],
            _endpoints);
    }

    /// <summary>Assigns a model to an endpoint whose name does not identify it.</summary>
    /// <param name="endpointName">The exact name of the endpoint.</param>
    /// <param name="modelName">The name of the model.</param>
    /// <returns>A new instance that includes the assignment.</returns>
    /// <exception cref="ArgumentException">No record matches <paramref name="modelName"/>.</exception>
    public DatabricksModelCapabilities WithEndpoint(string endpointName, string modelName)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointName);
        ArgumentException.ThrowIfNullOrEmpty(modelName);
        return Find(modelName) is not null
            ? new DatabricksModelCapabilities(_entries, new Dictionary<string, string>(_endpoints) { [endpointName] = modelName })
            : throw new ArgumentException(
                $"No record matches the model '{modelName}' of endpoint '{endpointName}'. Add a record first, or use the name of an " +
                "existing one.",
                nameof(modelName));
    }

    /// <summary>
    /// Adds the records and endpoints of a JSON document in the format of the built-in table, whose rules it can reference.
    /// </summary>
    /// <param name="json">An object with <c>models</c>, <c>rules</c> and <c>endpoints</c>, all optional.</param>
    /// <returns>A new instance that includes them.</returns>
    /// <exception cref="FormatException">
    /// The text is not valid JSON, or a key or value is unknown; the message names its location.
    /// </exception>
    /// <exception cref="ArgumentException">An endpoint references a model without a record.</exception>
    [Experimental(ExperimentalIds.ModelRecordsJson)]
    public DatabricksModelCapabilities WithJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var file = ModelFile.Read(Encoding.UTF8.GetBytes(json), BuiltInModels.File);
        var capabilities = With(file.Models.Select(entry => entry.Record));
        foreach (var (endpointName, modelName) in file.Endpoints)
        {
            capabilities = capabilities.WithEndpoint(endpointName, modelName);
        }

        return capabilities;
    }

    /// <summary>Adds the records and endpoints of a JSON file; see <see cref="WithJson"/>.</summary>
    /// <param name="path">The path of the file, which is read immediately.</param>
    /// <returns>A new instance that includes them.</returns>
    /// <exception cref="FormatException">
    /// The file is not valid JSON, or a key or value is unknown; the message names its location.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    [Experimental(ExperimentalIds.ModelRecordsJson)]
    public DatabricksModelCapabilities WithJsonFile(string path) => WithJson(File.ReadAllText(path));
}
