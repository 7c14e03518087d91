namespace Connectors.Databricks.Emulator.Http;

/// <summary>Where the emulator listens; known once it has started.</summary>
internal sealed class EmulatorAddresses
{
    public Uri? Workspace { get; set; }

    /// <summary>The address of the workspace without a slash at its end, as the service writes its own.</summary>
    public string WorkspaceText => Text(Workspace!);

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
