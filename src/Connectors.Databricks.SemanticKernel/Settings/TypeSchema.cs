using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Settings;

/// <summary>
/// Makes the strict JSON schema of a C# type as Semantic Kernel's OpenAI connector does: names as they are declared, enumerations as
/// strings, every property required. Responses then deserialize with <see cref="JsonSerializer"/>'s defaults.
/// </summary>
internal static class TypeSchema
{
    // One object for all: it caches what it finds out about types.
    private static readonly JsonSerializerOptions AsDeclared = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly AIJsonSchemaCreateOptions Strict = new()
    {
        TransformOptions = new AIJsonSchemaTransformOptions
        {
            ConvertBooleanSchemas = true,
            DisallowAdditionalProperties = true,
            MoveDefaultKeywordToDescription = true,
            RequireAllProperties = true,
        },
    };

    public static ChatResponseFormatJson Of(Type type)
    {
        var actual = Nullable.GetUnderlyingType(type) ?? type;
        return ChatResponseFormat.ForJsonSchema(
            AIJsonUtilities.CreateJsonSchema(actual, serializerOptions: AsDeclared, inferenceOptions: Strict), Name(actual));
    }

    // Answer`1 of int is a name that the service rejects.
    private static string Name(Type type) => type.IsGenericType
        ? string.Concat([type.Name.Split('`')[0], .. type.GetGenericArguments().Select(Name)])
        : type.Name;
}
