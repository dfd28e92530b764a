/** The versions of Python that are proposed, the likeliest first. */
export const pythonVersions = ['3.11', '3.12', '3.13', '3.10', '3.14', '3.9'] as const;

/** The channels that are proposed. */
export const condaChannels = ['conda-forge', 'defaults', 'nodefaults'] as const;
