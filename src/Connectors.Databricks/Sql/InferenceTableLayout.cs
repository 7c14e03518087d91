namespace Connectors.Databricks;

/// <summary>The columns of an inference table.</summary>
public enum InferenceTableLayout
{
    /// <summary>
    /// Tables of AI Gateway, named <c>…_payload</c>; served models come from <c>system.serving.served_entities</c>.
    /// </summary>
    AIGateway,

    /// <summary>Tables of <c>auto_capture_config</c>; the served model is the member <c>model</c> of the response.</summary>
    Legacy,
}
