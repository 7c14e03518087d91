using System.Diagnostics.CodeAnalysis;

namespace Agents;

/// <summary>The exception of a step that failed; the message describes what is missing.</summary>
internal sealed class StepFailedException(string message) : Exception(message)
{
    /// <summary>The outcome of a step.</summary>
    public static void Unless([DoesNotReturnIf(false)] bool holds, string missing)
    {
        if (!holds)
        {
            throw new StepFailedException(missing);
        }
    }
}
