namespace Connectors.Databricks.Emulator;

/// <summary>The credentials that an emulated workspace accepts.</summary>
public sealed class EmulatorAuthenticationOptions
{
    internal EmulatorAuthenticationOptions()
    {
    }

    /// <summary>Gets or sets the first valid personal access token.</summary>
    /// <value><c>dapi-emulator-0001</c></value>
    public string Token { get; set; } = "dapi-emulator-0001";

    /// <summary>Gets the tokens that are valid but lack permissions: their requests fail with 403.</summary>
    /// <value>Empty</value>
    public IList<string> TokensWithoutPermission { get; private set; } = [];

    /// <summary>
    /// Gets the tokens that may query, and neither list nor get endpoints and model services: those requests fail with 403.
    /// </summary>
    /// <value>Empty</value>
    public IList<string> TokensThatOnlyQuery { get; private set; } = [];

    /// <summary>Gets or sets the client id of the service principal that the emulator starts with.</summary>
    /// <value><c>e3000000-0000-4000-8000-000000000001</c></value>
    public string ClientId { get; set; } = "e3000000-0000-4000-8000-000000000001";

    /// <summary>Gets or sets the OAuth secret of that service principal.</summary>
    /// <value><c>dose-emulator-0001</c></value>
    public string ClientSecret { get; set; } = "dose-emulator-0001";

    /// <summary>Gets or sets the account id in the host metadata and in the OAuth paths of the account.</summary>
    /// <value><c>ac000000-0000-4000-8000-000000000001</c></value>
    public string AccountId { get; set; } = "ac000000-0000-4000-8000-000000000001";

    /// <summary>Gets or sets the lifetime of OAuth access tokens, on the emulator's clock.</summary>
    /// <value>One hour, as documented for the service.</value>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets the OAuth scopes that clients may request.</summary>
    /// <value>
    /// <c>all-apis</c>, <c>model-serving</c>, <c>serving.serving-endpoints</c>, <c>ai-gateway</c>, <c>unity-catalog</c>, <c>genie</c>,
    /// <c>sql</c>, <c>ai-search</c>, <c>vector-search</c> and <c>vectorsearch.vector-search-indexes</c>
    /// </value>
    public IList<string> Scopes { get; private set; } =
    [
        "all-apis", "model-serving", "serving.serving-endpoints", "ai-gateway", "unity-catalog", "genie", "sql", "ai-search",
        "vector-search", "vectorsearch.vector-search-indexes",
    ];

    /// <summary>Gets or sets a value indicating whether a JWT can be exchanged only once, which detects clients that cache it.</summary>
    /// <value>false</value>
    public bool RequiresFreshSubjectTokens { get; set; }

    internal EmulatorAuthenticationOptions Copy()
    {
        var copy = (EmulatorAuthenticationOptions)MemberwiseClone();
        copy.TokensWithoutPermission = [.. TokensWithoutPermission];
        copy.TokensThatOnlyQuery = [.. TokensThatOnlyQuery];
        copy.Scopes = [.. Scopes];
        return copy;
    }
}
