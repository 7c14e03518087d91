namespace Connectors.Databricks.Browser.Tests;

/// <summary>The folder of screenshots, which git ignores.</summary>
internal static class Artifacts
{
    public static string Folder { get; } = Create();

    private static string Create()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Connectors.Databricks.sln")))
            {
                return Directory.CreateDirectory(Path.Combine(folder.FullName, "artifacts", "browser")).FullName;
            }
        }

        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' has Connectors.Databricks.sln.");
    }
}
