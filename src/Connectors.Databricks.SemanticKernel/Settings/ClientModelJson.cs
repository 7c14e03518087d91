using System.Reflection;
using System.Text.Json;

namespace Connectors.Databricks.SemanticKernel.Settings;

/// <summary>
/// Reads the JSON of a model of System.ClientModel, such as <c>OpenAI.Chat.ChatResponseFormat</c>. By reflection: an app that holds such a
/// model has loaded the library, and every other app does without it.
/// </summary>
internal static class ClientModelJson
{
    private const string Namespace = "System.ClientModel.Primitives";

    public static bool IsModel(Type type) => ModelInterface(type) is not null;

    /// <returns>The JSON; <see langword="null"/> for an object that is no such model, or that cannot be written.</returns>
    public static JsonElement? Read(object model)
    {
        if (ModelInterface(model.GetType())?.Assembly is not { } library ||
            library.GetType($"{Namespace}.ModelReaderWriterOptions") is not { } optionsType ||
            library.GetType($"{Namespace}.ModelReaderWriter")?.GetMethod("Write", [typeof(object), optionsType]) is not { } write)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(write.Invoke(null, [model, null])?.ToString() ?? "null");
            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is TargetInvocationException or JsonException)
        {
            return null;
        }
    }

    private static Type? ModelInterface(Type type) => Array.Find(
        type.GetInterfaces(), one => one is { IsGenericType: true, Namespace: Namespace, Name: "IPersistableModel`1" });
}
