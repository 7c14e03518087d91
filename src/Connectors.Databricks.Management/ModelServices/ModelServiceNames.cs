namespace Connectors.Databricks.Management.ModelServices;

/// <summary>Names of model services and of what they refer to, with and without the prefix of their resource name.</summary>
internal static class ModelServiceNames
{
    private const string Prefix = "model-services/";
    private const string SchemaPrefix = "schemas/";

    /// <summary>The three-part name.</summary>
    public static string WithoutPrefix(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;

    /// <summary>A resource name, whether the caller wrote its prefix or not.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static string WithPrefix(string prefix, string name, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name, parameter);
        return name.StartsWith(prefix, StringComparison.Ordinal) ? name : prefix + name;
    }

    /// <summary>The two-part name of a schema.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static string Schema(string name, string parameter) => WithPrefix(SchemaPrefix, name, parameter)[SchemaPrefix.Length..];

    /// <returns>The three-part name.</returns>
    /// <exception cref="ArgumentException">The name does not have three parts.</exception>
    public static string Require(string name, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name, parameter);
        var bare = WithoutPrefix(name);
        return bare.Split('.') is [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }]
            ? bare
            : throw new ArgumentException(
                $"'{name}' is not the name of a model service. Use catalog.schema.service, such as 'main.ai.chat'.", parameter);
    }

    /// <summary>The resource name of the schema, and the last part of the name.</summary>
    public static (string Parent, string Id) Split(string name)
    {
        var dot = name.LastIndexOf('.');
        return (SchemaPrefix + name[..dot], name[(dot + 1)..]);
    }
}
