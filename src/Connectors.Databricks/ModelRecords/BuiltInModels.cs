namespace Connectors.Databricks.ModelRecords;

/// <summary>The built-in records, read once from <c>models.json</c> on first use.</summary>
internal static class BuiltInModels
{
    private const string Resource = "Connectors.Databricks.ModelRecords.models.json";

    private static readonly Lazy<ModelFile> Lazily = new(Read);

    public static ModelFile File => Lazily.Value;

    private static ModelFile Read()
    {
        using var stream = typeof(BuiltInModels).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly has no resource '{Resource}'.");
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return ModelFile.Read(json);
    }
}
