using System.Collections.Concurrent;

namespace Connectors.Databricks.Emulator.Models;

/// <summary>
/// The models that can be deployed, by their names in Unity Catalog: those of <c>system.ai</c>, and those registered here.
/// An unregistered name fails the deployment, not the request.
/// </summary>
internal sealed class ModelRegistry
{
    private readonly ConcurrentDictionary<(string Name, string? Version), ServedModel> _models = new();
    private readonly ConcurrentDictionary<(string Name, string? Version), string> _flaws = new();

    /// <summary>A model of <c>system.ai</c>, of any version; null when there is none of this name.</summary>
    public static ServedModel? OfDatabricks(string entityName) =>
        GatewayModels.Hosted.FirstOrDefault(facts => facts.Entity == entityName || facts.Registered == entityName) is ModelCapabilities chat
            ? ServedModel.ForChat(chat)
            : EmbeddingTable.All.FirstOrDefault(facts => facts.Entity == entityName || facts.Registered == entityName)
                is EmbeddingCapabilities embedding
                ? ServedModel.ForEmbeddings(embedding)
                : null;

    public void Register(string entityName, string? version, ServedModel model) => _models[(entityName, version)] = model;

    public void RegisterBroken(string entityName, string version, string message) => _flaws[(entityName, version)] = message;

    /// <summary>
    /// The model, or why it cannot be deployed. Unconfirmed: the words, and that the deployment fails rather than the request.
    /// </summary>
    public (ServedModel? Model, string? Flaw) Find(string entityName, string? version)
    {
        if (_flaws.TryGetValue((entityName, version), out var flaw))
        {
            return (null, flaw);
        }

        var model = _models.GetValueOrDefault((entityName, version)) ?? OfDatabricks(entityName);
        if (model is not null)
        {
            return (model, null);
        }

        string[] versions = [.. _models.Keys.Where(key => key.Name == entityName).Select(key => key.Version).OfType<string>().Order()];
        return (null, versions.Length == 0
            ? $"Registered model '{entityName}' does not exist."
            : $"Registered model '{entityName}' has no version '{version}'; it has {string.Join(", ", versions)}.");
    }
}
